import { hrefOfScreen } from "@/components/inspector/screens.ts";
import { Moment } from "@/components/parts/Moment.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import { StateMark } from "@/components/parts/StateMark.tsx";
import type { AttemptSummary } from "@/lib/report/summary.ts";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import { strings } from "./strings.ts";

interface ChooseAttemptProps {
  /** Newest first; undefined until read. */
  readonly attempts: readonly AttemptSummary[] | undefined;
  /** The attempt that another one is chosen for. */
  readonly flowId: string;
  readonly now: number;
}

const limit = 50;

/** The other attempts, those at the same server first. */
export function ChooseAttempt({ attempts, flowId, now }: ChooseAttemptProps) {
  const own = attempts?.find((attempt) => attempt.flowId === flowId);
  const others = attempts?.filter((attempt) => attempt.flowId !== flowId) ?? [];
  const isNear = ({ server }: AttemptSummary) => server === own?.server;
  const ordered = [...others.filter(isNear), ...others.filter((attempt) => !isNear(attempt))].slice(0, limit);
  return (
    <main className="screen compare">
      <div className="screen-head">
        <h2>{strings.title}</h2>
        <p>{strings.chooseLead}</p>
      </div>
      {attempts === undefined ? (
        <p className="loading" role="status">
          {strings.loading}
        </p>
      ) : ordered.length === 0 ? (
        <p className="screen-empty">{strings.noOther}</p>
      ) : (
        <nav aria-label={strings.choose}>
          <ul className="compare-choices">
            {ordered.map(({ flowId: other, state, server, client, at }) => (
              <li key={other}>
                <a href={hrefOfScreen("compare", other, flowId)}>
                  <StateMark state={state} />
                  <span>
                    <ServerText text={shortenMiddle(server, 60)} />
                    {client && (
                      <span className="faint">
                        {" "}
                        {strings.for} <ServerText text={shortenMiddle(client, 40)} />
                      </span>
                    )}
                  </span>
                  <Moment at={at} now={now} />
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </main>
  );
}
