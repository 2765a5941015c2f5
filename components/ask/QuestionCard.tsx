import { useState } from "react";
import { CodeBlock } from "@/components/parts/CodeBlock.tsx";
import { Disclosure } from "@/components/parts/Disclosure.tsx";
import { LongValue } from "@/components/parts/LongValue.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { ProbeRequest } from "@/lib/probes/probe.ts";
import type { Question } from "@/lib/probes/questions.ts";
import { Answer } from "./Answer.tsx";
import type { AskOutcome } from "./ask-commands.ts";
import { foldRequests } from "./describe-request.ts";
import { Repeat } from "./Repeat.tsx";
import { strings } from "./strings.ts";
import type { Asking } from "./use-asking.ts";

interface QuestionCardProps {
  readonly question: Question;
  readonly report: FlowReport;
  readonly asking: Asking;
  readonly now: () => number;
  /** The attempt came from a file: its server is asked from this computer for the first time. */
  readonly isImported: boolean;
}

export function QuestionCard({ question, report, asking, now, isImported }: QuestionCardProps) {
  const { id, plan, total } = question;
  const [isConfirming, setConfirming] = useState(false);
  const { title, text } = strings.questions[id];
  const outcome = asking.outcomes[id];
  const isRunning = asking.running?.id === id;
  const needsConsent = plan.writes.length > 0 || isImported;
  const ask = () => {
    setConfirming(false);
    asking.ask(question);
  };
  return (
    <section className="question" data-question={id} aria-labelledby={`question-${id}`}>
      <div className="question-head">
        <div>
          <h3 id={`question-${id}`}>{title}</h3>
          <p>{text}</p>
          <Announcement question={question} />
        </div>
        {!isRunning && !isConfirming && (
          <button
            type="button"
            className="button"
            aria-label={strings.askNamed(title)}
            disabled={asking.running !== undefined}
            onClick={() => (needsConsent ? setConfirming(true) : ask())}
          >
            {outcome === undefined ? strings.ask : strings.askAgain}
          </button>
        )}
      </div>
      {isConfirming && (
        <Consent question={question} isImported={isImported} onYes={ask} onNo={() => setConfirming(false)} />
      )}
      {isRunning && (
        <p className="question-running" role="status">
          {strings.asking(asking.running?.sent ?? 0, total)}
          <button type="button" className="button" onClick={asking.cancel}>
            {strings.cancel}
          </button>
        </p>
      )}
      {!isRunning && <Answer id={id} report={report} />}
      {!isRunning && outcome !== undefined && <Outcome outcome={outcome} />}
      {id === "instances" && !isRunning && (
        <Repeat report={report} now={now} isFresh={typeof outcome === "object" && !outcome.stopped} onAsk={ask} />
      )}
    </section>
  );
}

/** Host, number of requests and the requests themselves, before anything is sent. */
function Announcement({ question: { id, plan, followUp, total } }: { readonly question: Question }) {
  const sends = plan.writes.length > 0 || followUp ? strings.sendsAtMost : strings.sends;
  const following = followUp?.("").requests ?? [];
  return (
    <div className="question-sends">
      <p>
        {sends(total, plan.hosts)}
        {id === "instances" && `, ${strings.sendsAgain(total)}`}.
        {plan.writes.length > 0 && ` ${strings.writes(plan.writes.length)}.`}
      </p>
      <Disclosure title={strings.requests}>
        <ol className="request-kinds">
          {foldRequests([...plan.requests, ...plan.writes]).map((kind) => (
            <li key={`${kind.method}${kind.address}${kind.parameters.join()}`}>
              {kind.count > 1 && `${kind.count} × `}
              {kind.method} <LongValue text={kind.address} />
              {kind.parameters.length > 0 && (
                <span className="request-parameters">
                  <ServerText text={kind.parameters.join("\n")} />
                </span>
              )}
            </li>
          ))}
          {following.length > 0 && <li>{strings.following(following.length)}</li>}
          {plan.writes.length > 0 && <li>{strings.cleaningUp}</li>}
        </ol>
      </Disclosure>
    </div>
  );
}

interface ConsentProps {
  readonly question: Question;
  readonly isImported: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

function Consent({ question: { plan }, isImported, onYes, onNo }: ConsentProps) {
  return (
    <section className="consent" aria-label={strings.confirm.yes}>
      {isImported && <p>{strings.confirm.imported(plan.hosts)}</p>}
      {plan.writes.map((write) => (
        <div key={write.purpose} className="consent-body">
          <p>{strings.confirm.write(write.url)}</p>
          <CodeBlock language="json" text={bodyOf(write)} />
        </div>
      ))}
      <div className="actions">
        <button type="button" className="button primary" onClick={onYes}>
          {plan.writes.length > 0 ? strings.confirm.yes : strings.confirm.yesImported}
        </button>
        {/* biome-ignore lint/a11y/noAutofocus: the question appears where the button was pressed; the safe answer has focus */}
        <button type="button" className="button" autoFocus onClick={onNo}>
          {strings.confirm.no}
        </button>
      </div>
    </section>
  );
}

/** The exact body: registrations are sent as they are shown, but for white space. */
const bodyOf = ({ body }: ProbeRequest): string => JSON.stringify(JSON.parse(body?.text ?? "null"), null, 2);

function Outcome({ outcome }: { readonly outcome: AskOutcome | "no-access" | "failed" }) {
  if (outcome === "no-access") return <p role="status">{strings.noAccess}</p>;
  if (outcome === "failed") return <p role="status">{strings.failed}</p>;
  const { sent, stopped, deleted, leftBehind } = outcome;
  return (
    <div className="question-outcome" role="status">
      <p>
        {strings.sent(sent)}
        {stopped && ` ${strings.stopped[stopped]}`}
        {deleted.length > 0 && ` ${strings.deleted(deleted)}`}
      </p>
      {leftBehind.length > 0 && (
        <>
          <p>{strings.leftBehind(leftBehind)}</p>
          <ul className="left-behind">
            {leftBehind.map((id) => (
              <li key={id}>
                <LongValue text={id} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
