import { hrefOf } from "@/components/inspector/route.ts";
import { Icon } from "@/components/parts/Icon.tsx";
import { Moment } from "@/components/parts/Moment.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import { StateMark } from "@/components/parts/StateMark.tsx";
import type { ImportedFile } from "@/lib/har/desk.ts";
import type { EntryCounts } from "@/lib/har/import.ts";
import type { AttemptSummary } from "@/lib/report/summary.ts";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import { strings } from "./strings.ts";

interface FileResultProps {
  readonly file: ImportedFile;
  readonly now: number;
  readonly onKeep: (session: string) => void;
}

/** Attempts named here; all of them are in the list of attempts. */
const attemptLimit = 20;

export function FileResult({ file, now, onKeep }: FileResultProps) {
  return (
    <article className="import-file" data-kind={file.kind}>
      <header>
        <h4>
          <ServerText text={shortenMiddle(file.name, 100)} />
        </h4>
        <span className="faint">
          {strings.size(file.size)}
          {file.kind === "read" && file.creator !== "" && (
            <>
              {" · "}
              {strings.writtenBy} <ServerText text={file.creator} />
            </>
          )}
        </span>
      </header>
      {file.kind === "refused" ? (
        <p className="import-problem" role="alert">
          <Icon name="warning" />
          <span>
            {strings.refused}: {file.problem}
          </span>
        </p>
      ) : (
        <Content file={file} now={now} onKeep={onKeep} />
      )}
    </article>
  );
}

interface ContentProps extends Omit<FileResultProps, "file"> {
  readonly file: Extract<ImportedFile, { kind: "read" }>;
}

function Content({ file, now, onKeep }: ContentProps) {
  const { attempts, entries, problems, isKept, session } = file;
  return (
    <>
      <Counts entries={entries} />
      {problems.length > 0 && (
        <div className="import-problem">
          <Icon name="info" />
          <div>
            <strong>{strings.problems}</strong>
            <ul>
              {problems.map((problem) => (
                <li key={problem}>
                  <ServerText text={problem} />
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {attempts.length === 0 ? (
        <p>
          <strong>{strings.noAttempt}</strong> {strings.noAttemptHint}
        </p>
      ) : (
        <>
          <h5>{strings.counts.attempts(attempts.length)}</h5>
          <ul className="import-attempts" aria-label={strings.attemptsIn}>
            {attempts.slice(0, attemptLimit).map((attempt) => (
              <AttemptLine key={attempt.flowId} attempt={attempt} now={now} />
            ))}
          </ul>
          {attempts.length > attemptLimit && <p>{strings.more(attempts.length - attemptLimit)}</p>}
          <div className="import-keep">
            {isKept ? (
              <p role="status">
                <Icon name="check" /> {strings.kept}
              </p>
            ) : (
              <>
                <button type="button" className="button" onClick={() => onKeep(session)}>
                  {strings.keep}
                </button>
                <p className="faint">{strings.keepMeaning}</p>
              </>
            )}
          </div>
        </>
      )}
    </>
  );
}

function Counts({ entries }: { readonly entries: EntryCounts }) {
  const { counts } = strings;
  const rows = [
    [counts.read, entries.read, ""],
    [counts.used, entries.used, counts.usedMeaning],
    [counts.setAside, entries.setAside, counts.setAsideMeaning],
    [counts.unreadable, entries.unreadable, counts.unreadableMeaning],
  ] as const;
  return (
    <dl className="import-counts">
      {rows.map(([name, count, meaning]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {count.toLocaleString("en")} {meaning && <span className="faint">{meaning}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function AttemptLine({ attempt, now }: { readonly attempt: AttemptSummary; readonly now: number }) {
  const { flowId, state, server, client, headline, at } = attempt;
  return (
    <li>
      <a href={hrefOf({ flowId, view: "cause" })} data-flow={flowId}>
        <StateMark state={state} />
        <span>
          <ServerText text={shortenMiddle(server, 60)} />
          {client && (
            <span className="faint">
              {" "}
              {strings.for} <ServerText text={shortenMiddle(client, 40)} />
            </span>
          )}
          {headline && <span className="import-headline">{headline.title}</span>}
        </span>
        <Moment at={at} now={now} />
      </a>
    </li>
  );
}
