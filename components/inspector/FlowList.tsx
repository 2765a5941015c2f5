import { memo, useDeferredValue, useId, useMemo, useState } from "react";
import { VList } from "virtua";
import { Icon } from "@/components/parts/Icon.tsx";
import { Moment } from "@/components/parts/Moment.tsx";
import { NewMark } from "@/components/parts/NewMark.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import { StateMark } from "@/components/parts/StateMark.tsx";
import { strings as parts } from "@/components/parts/strings.ts";
import type { AttemptSummary } from "@/lib/report/summary.ts";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import { hrefOf } from "./route.ts";
import { strings } from "./strings.ts";

interface FlowListProps {
  readonly attempts: readonly AttemptSummary[];
  readonly now: number;
  readonly selected: string | undefined;
}

/** Rows drawn before the list has measured itself. */
const firstRows = 30;

export function FlowList({ attempts, now, selected }: FlowListProps) {
  const [query, setQuery] = useState("");
  const searchId = useId();
  const searchable = useMemo(() => attempts.map((attempt) => ({ attempt, text: searchText(attempt) })), [attempts]);
  // Typing must not wait for the list: the field follows at once, the rows when there is time.
  const deferred = useDeferredValue(query);
  const shown = useMemo(() => {
    const words = deferred.toLowerCase().split(/\s+/).filter(Boolean);
    return searchable.filter(({ text }) => words.every((word) => text.includes(word)));
  }, [searchable, deferred]);
  return (
    <>
      <div className="search">
        <label htmlFor={searchId} className="visually-hidden">
          {strings.search}
        </label>
        <Icon name="search" />
        <input
          id={searchId}
          type="search"
          placeholder={strings.search}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <p className="faint" role="status">
          {shown.length === 0 && attempts.length > 0 ? strings.noMatch : strings.count(shown.length, attempts.length)}
        </p>
      </div>
      <nav className="flow-list" aria-label={strings.list}>
        <Rows shown={shown} now={now} selected={selected} />
      </nav>
    </>
  );
}

interface RowsProps extends Pick<FlowListProps, "now" | "selected"> {
  readonly shown: readonly { readonly attempt: AttemptSummary }[];
}

const Rows = memo(function Rows({ shown, now, selected }: RowsProps) {
  return (
    <VList data={shown} ssrCount={Math.min(firstRows, shown.length)}>
      {({ attempt }) => (
        <FlowRow key={attempt.flowId} attempt={attempt} now={now} isSelected={attempt.flowId === selected} />
      )}
    </VList>
  );
});

interface FlowRowProps {
  readonly attempt: AttemptSummary;
  readonly now: number;
  readonly isSelected: boolean;
}

function FlowRow({ attempt, now, isSelected }: FlowRowProps) {
  const { flowId, state, server, client, headline, at, isImported, unread } = attempt;
  return (
    <a
      className="flow-row"
      href={hrefOf({ flowId, view: "cause" })}
      data-flow={flowId}
      data-state={state}
      {...(isSelected && { "aria-current": "true" as const })}
    >
      <span className="flow-row-line">
        <span>
          <StateMark state={state} />
          {isImported && <span className="note-mark">{strings.imported}</span>}
          {unread && <NewMark />}
        </span>
        <Moment at={at} now={now} />
      </span>
      <span className="flow-row-parties">
        <ServerText text={shortenMiddle(server, 40)} />
        {client && (
          <span className="faint">
            {" "}
            {strings.for} <ServerText text={client} />
          </span>
        )}
      </span>
      {headline && <span className="flow-row-headline">{headline.title}</span>}
    </a>
  );
}

function searchText({ server, client, headline, state, isImported }: AttemptSummary): string {
  return [
    server,
    client,
    headline?.title,
    headline?.id,
    headline?.summary,
    parts.states[state],
    isImported && strings.imported,
  ]
    .join(" ")
    .toLowerCase();
}
