import { strings as attempt } from "@/components/attempt/strings.ts";
import { CopyButton } from "@/components/parts/CopyButton.tsx";
import { Disclosure } from "@/components/parts/Disclosure.tsx";
import { Icon, type IconName } from "@/components/parts/Icon.tsx";
import { LongValue } from "@/components/parts/LongValue.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import { strings as parts } from "@/components/parts/strings.ts";
import type { RungFacts, RungOutcome } from "@/lib/discovery/metadata-facts.ts";
import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import { mergeRungs } from "./merge-repeats.ts";
import { strings } from "./strings.ts";

/** Every place that was asked for metadata, and what became of it. */
export function MetadataLadder({ metadata, onFetch }: Pick<FlowFacts, "metadata"> & { readonly onFetch?: () => void }) {
  const rungs = metadata.status === "observed" ? metadata.value.rungs : [];
  if (metadata.status !== "observed" || rungs.length === 0) {
    return (
      <>
        <p className="faint">{strings.metadata.none}</p>
        {onFetch && (
          <button type="button" className="button" onClick={onFetch}>
            {strings.metadata.fetch}
          </button>
        )}
      </>
    );
  }
  const { resource, server, client } = metadata.value;
  const used = new Set([resource, server, client].map((rung) => rung?.exchangeId));
  return (
    <>
      <p className="faint">{strings.metadata.explanation}</p>
      <ol className="ladder">
        {mergeRungs(rungs).map(({ item: rung, times }) => (
          <li key={`${rung.exchangeId} ${rung.rung}`} className="rung" data-outcome={rung.outcome}>
            <Rung rung={rung} times={times} isUsed={used.has(rung.exchangeId)} />
          </li>
        ))}
      </ol>
    </>
  );
}

interface RungProps {
  readonly rung: RungFacts;
  readonly times: number;
  readonly isUsed: boolean;
}

function Rung({ rung, times, isUsed }: RungProps) {
  const { outcome, isDemanded, document } = rung;
  const isFailure = isDemanded && outcome !== "accepted" && outcome !== "challenged" && outcome !== "unread";
  return (
    <>
      <p className="rung-head">
        <span className="rung-outcome" data-failure={isFailure || undefined}>
          <Icon name={iconOf(outcome, isFailure)} />
          {strings.metadata.outcomes[outcome]}
        </span>
        <span className="rung-role">
          {attempt.roles[rung.role]}
          {isUsed && <span className="note-mark">{strings.metadata.taken}</span>}
          {isFailure && <span className="note-mark">{strings.metadata.demanded}</span>}
        </span>
        <span className="faint">
          {rung.status !== undefined && `${rung.status} · `}
          {strings.metadata.askedBy[rung.askedBy]}
          {times > 1 && strings.metadata.times(times)}
        </span>
      </p>
      <p className="server-value">
        <LongValue text={rung.urlText} limit={140} />
      </p>
      <p>
        <ServerText text={rung.verdict} />
      </p>
      <p className="faint">
        {strings.metadata.why}: <ServerText text={rung.why} />
      </p>
      {rung.problems.length > 0 && <p>{strings.metadata.problems(rung.problems.length)}</p>}
      {document && <DocumentView document={document} />}
    </>
  );
}

function DocumentView({ document }: { readonly document: Readonly<Record<string, unknown>> }) {
  const text = JSON.stringify(document, null, 2);
  return (
    <Disclosure title={strings.metadata.document(Object.keys(document).length)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard */}
      <pre className="quote document" tabIndex={0}>
        <ServerText text={text.slice(0, 60_000)} />
      </pre>
      <CopyButton text={text} label={parts.copy} />
    </Disclosure>
  );
}

function iconOf(outcome: RungOutcome, isFailure: boolean): IconName {
  if (outcome === "accepted" || outcome === "challenged") return "check";
  return isFailure ? "cross" : "dash";
}
