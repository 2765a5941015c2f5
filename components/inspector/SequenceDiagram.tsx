import { type RefObject, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
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
  const frame = useRef<HTMLElement>(null);
  const room = useWidth(frame);
  return (
    <figure className="sequence">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard */}
      <section ref={frame} className="sequence-scroll scroll-hint" tabIndex={0} aria-labelledby={titleId}>
        <SequencePicture
          ref={picture}
          sequence={sequence}
          titleId={titleId}
          title={strings.sequence.title(serverOf(report))}
          room={room}
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
