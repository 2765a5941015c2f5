import type { Ref } from "react";
import type { Participant, ParticipantId, Sequence, SequenceStep } from "@/lib/report/sequence.ts";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import { strings } from "./strings.ts";

interface SequencePictureProps {
  readonly ref: Ref<SVGSVGElement>;
  readonly sequence: Sequence;
  readonly titleId: string;
  readonly title: string;
  /** What a person who cannot see it has to know first. */
  readonly description: string;
  /** Pixels there are for it; with fewer than it can do with, it is wider. */
  readonly room: number;
}

/** Pixels from one participant to the next: labels are shortened to fit. */
const columns = { narrowest: 136, widest: 200 };
const headHeight = 52;
/** With less room than this for a participant, its role takes two lines. */
const oneLine = 172;
const lineHeight = 14;
const stepHeight = 58;
/** The client opening the request has no answer below it. */
const openingHeight = 34;
const margin = 12;
/** Width of one character of the labels, in pixels. */
const character = 6.7;

export function SequencePicture({ ref, sequence, titleId, title, description, room }: SequencePictureProps) {
  const { participants, steps } = sequence;
  const share = Math.floor((room - margin * 2) / participants.length);
  const column = Math.min(columns.widest, Math.max(columns.narrowest, share));
  const width = participants.length * column + margin * 2;
  const opens = steps.findIndex((step) => step.role === "authorization-request" && step.from === "browser");
  const isTwoLines = column < oneLine;
  const head = headHeight + (isTwoLines ? lineHeight : 0);
  const height = head + steps.length * stepHeight + (opens < 0 ? 0 : openingHeight) + margin * 2;
  const centers = new Map(participants.map(({ id }, index) => [id, margin + column * (index + 0.5)]));
  const x = (id: ParticipantId) => centers.get(id) ?? margin;
  const y = (row: number) => head + margin + row * stepHeight + (opens >= 0 && row >= opens ? openingHeight : 0) + 22;
  return (
    <svg
      ref={ref}
      className="picture"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby={titleId}
      aria-describedby={`${titleId}-description`}
    >
      <title id={titleId}>{title}</title>
      <desc id={`${titleId}-description`}>{description}</desc>
      {participants.map((participant) => (
        <Head
          key={participant.id}
          participant={participant}
          center={x(participant.id)}
          half={column / 2 - 6}
          height={head}
          isTwoLines={isTwoLines}
          bottom={height - margin}
        />
      ))}
      {opens >= 0 && (
        <Arrow
          from={x("client")}
          to={x("browser")}
          y={y(opens) - openingHeight}
          label={strings.sequence.opens}
          kind="request"
        />
      )}
      {steps.map((step, index) => (
        <Step key={step.exchangeId} step={step} from={x(step.from)} to={x(step.to)} y={y(index)} />
      ))}
    </svg>
  );
}

interface HeadProps {
  readonly participant: Participant;
  readonly center: number;
  /** Half of its width. */
  readonly half: number;
  readonly height: number;
  readonly isTwoLines: boolean;
  readonly bottom: number;
}

function Head({ participant, center, half, height, isTwoLines, bottom }: HeadProps) {
  const { role, name } = participant;
  const lines = isTwoLines ? role.split(" ") : [role];
  const top = margin / 2 + (height - margin - lineHeight * (lines.length + (name ? 1 : 0))) / 2 + lineHeight - 3;
  return (
    <g>
      <line className="lifeline" x1={center} x2={center} y1={height} y2={bottom} />
      <rect className="party" x={center - half} y={margin / 2} width={half * 2} height={height - margin} rx="5" />
      {lines.map((line, index) => (
        <text key={line} className="party-role" x={center} y={top + index * lineHeight} textAnchor="middle">
          {line}
        </text>
      ))}
      {name && (
        <text className="party-name" x={center} y={top + lines.length * lineHeight + 1} textAnchor="middle">
          {shortenMiddle(name, Math.floor((half * 2 - 8) / character))}
        </text>
      )}
    </g>
  );
}

interface StepProps {
  readonly step: SequenceStep;
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

function Step({ step, from, to, y }: StepProps) {
  const kind = step.isBroken ? "broken" : "request";
  const side = Math.sign(to - from) || 1;
  return (
    <g data-step={step.number} data-broken={step.isBroken || undefined}>
      <Arrow from={from} to={to} y={y} label={`${step.number}  ${step.request}`} kind={kind} />
      {step.answer && (
        <Arrow from={to} to={from} y={y + 24} label={step.answer} kind={step.isBroken ? "broken-answer" : "answer"} />
      )}
      {step.isBroken && (
        <>
          <path className="cross" d={`M${to - 5} ${y + 7}l10 10M${to + 5} ${y + 7}l-10 10`} />
          <text className="broke-here" x={to + side * 12} y={y + 16} textAnchor={side > 0 ? "start" : "end"}>
            {strings.sequence.brokeHere}
          </text>
        </>
      )}
    </g>
  );
}

interface ArrowProps {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly label: string;
  readonly kind: "request" | "answer" | "broken" | "broken-answer";
}

function Arrow({ from, to, y, label, kind }: ArrowProps) {
  const direction = Math.sign(to - from) || 1;
  const tip = to - direction * 1.5;
  const room = Math.max(12, Math.floor((Math.abs(to - from) - 24) / character));
  return (
    <g className={`arrow ${kind}`}>
      <line x1={from} x2={tip} y1={y} y2={y} />
      <path className="tip" d={`M${tip - direction * 6} ${y - 3.5}L${tip} ${y}L${tip - direction * 6} ${y + 3.5}`} />
      <text x={(from + to) / 2} y={y - 6} textAnchor="middle">
        {shortenMiddle(label, room)}
      </text>
    </g>
  );
}
