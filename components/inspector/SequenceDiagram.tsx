import { useId, useMemo, useRef } from "react";
import { CopyButton } from "@/components/parts/CopyButton.tsx";
import { Disclosure } from "@/components/parts/Disclosure.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { buildSequence, type Sequence, type SequenceStep, toMermaid } from "@/lib/report/sequence.ts";
import { serverOf } from "@/lib/report/summary.ts";
import { SequencePicture } from "./SequencePicture.tsx";
import { serializePicture } from "./serialize-picture.ts";
import { strings } from "./strings.ts";

/** Who sent what to whom, as a picture, in words and as Mermaid text. */
export function SequenceDiagram({ report }: { readonly report: FlowReport }) {
  const sequence = useMemo(() => buildSequence(report), [report]);
  const picture = useRef<SVGSVGElement>(null);
  const titleId = useId();
  return (
    <figure className="sequence">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard */}
      <section className="sequence-scroll scroll-hint" tabIndex={0} aria-labelledby={titleId}>
        <SequencePicture
          ref={picture}
          sequence={sequence}
          titleId={titleId}
          title={strings.sequence.title(serverOf(report))}
        />
      </section>
      <figcaption className="actions">
        <CopyButton text={() => toMermaid(sequence)} label={strings.sequence.copyMermaid} />
        <CopyButton
          text={() => (picture.current ? serializePicture(picture.current) : "")}
          label={strings.sequence.copyPicture}
        />
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

function inWords(step: SequenceStep, { participants }: Sequence): string {
  const name = (id: string) => participants.find((participant) => participant.id === id)?.role ?? id;
  const broken = step.isBroken ? `. ${strings.sequence.brokeHere}` : "";
  const answer = step.answer ?? strings.sequence.noAnswer;
  return `${name(step.from)} ${strings.sequence.to} ${name(step.to).toLowerCase()}: ${step.request} — ${answer}${broken}`;
}
