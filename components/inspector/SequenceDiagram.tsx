import { type RefObject, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { CopyButton, CopyPictureButton } from "@/components/parts/CopyButton.tsx";
import { Disclosure } from "@/components/parts/Disclosure.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { buildSequence, type Sequence, type SequenceStep, toMermaid } from "@/lib/report/sequence.ts";
import { serverOf } from "@/lib/report/summary.ts";
import { mergeSteps } from "./merge-repeats.ts";
import { SequencePicture } from "./SequencePicture.tsx";
import { drawPicture, serializePicture } from "./serialize-picture.ts";
import { strings } from "./strings.ts";

/** Who sent what to whom, as a picture, in words and as Mermaid text. */
export function SequenceDiagram({ report }: { readonly report: FlowReport }) {
  const sequence = useMemo(() => mergeSteps(buildSequence(report)), [report]);
  const picture = useRef<SVGSVGElement>(null);
  const titleId = useId();
  const frame = useRef<HTMLElement>(null);
  const room = useWidth(frame);
  useEffect(() => showBrokenLeg(frame.current, sequence), [sequence]);
  return (
    <figure className="sequence">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard */}
      <section ref={frame} className="sequence-scroll scroll-hint" tabIndex={0} aria-labelledby={titleId}>
        <SequencePicture
          ref={picture}
          sequence={sequence}
          titleId={titleId}
          title={strings.sequence.title(serverOf(report))}
          description={describe(sequence)}
          room={room}
        />
      </section>
      <figcaption className="actions">
        <CopyPictureButton
          picture={() =>
            picture.current ? drawPicture(picture.current) : Promise.reject(new Error("Nothing is drawn"))
          }
          label={strings.sequence.copyPicture}
        />
        <CopyButton
          text={() => (picture.current ? serializePicture(picture.current) : "")}
          label={strings.sequence.copySvg}
        />
        <CopyButton text={() => toMermaid(sequence)} label={strings.sequence.copyMermaid} />
      </figcaption>
      <Disclosure title={strings.sequence.steps}>
        <ol className="sequence-words">
          {sequence.steps.map((step) => (
            <li key={step.exchangeId}>
              <ServerText text={inWords(step, sequence)} />
            </li>
          ))}
        </ol>
      </Disclosure>
    </figure>
  );
}

/** Where there is no room for all of it, what broke is in view at first. */
function showBrokenLeg(frame: HTMLElement | null, { steps }: Sequence): void {
  const broken = steps.find(({ isBroken }) => isBroken);
  const drawn = broken && frame?.querySelector(`[data-step="${broken.number}"]`);
  if (!frame || !drawn || frame.scrollWidth <= frame.clientWidth) return;
  const [place, view] = [drawn.getBoundingClientRect(), frame.getBoundingClientRect()];
  if (place.right > view.right) frame.scrollLeft += place.right - view.right;
}

function describe({ participants, steps }: Sequence): string {
  const between = participants.map(({ role }) => role);
  const broken = steps.find(({ isBroken }) => isBroken);
  return strings.sequence.description(steps.length, between, broken && `${broken.number}, ${broken.request}`);
}

/** Of an element, in pixels, as it changes; unbounded until it was measured. */
function useWidth(frame: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth || Number.POSITIVE_INFINITY);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return width;
}

function inWords(step: SequenceStep, { participants }: Sequence): string {
  const name = (id: string) => participants.find((participant) => participant.id === id)?.role ?? id;
  const broken = step.isBroken ? `. ${strings.sequence.brokeHere}` : "";
  const answer = step.answer ?? strings.sequence.noAnswer;
  return `${name(step.from)} ${strings.sequence.to} ${name(step.to).toLowerCase()}: ${step.request} — ${answer}${broken}`;
}
