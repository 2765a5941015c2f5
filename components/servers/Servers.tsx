import type { RetryResult } from "@/components/attempt/AttemptActions.tsx";
import { hrefOfScreen } from "@/components/inspector/screens.ts";
import type { Pair } from "@/lib/report/pairs.ts";
import { PairRow } from "./PairRow.tsx";
import { strings } from "./strings.ts";

interface ServersProps {
  /** The one used last first; undefined until read. */
  readonly pairs: readonly Pair[] | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Retries the pair's last attempt. */
  readonly onReconnect: (pair: Pair) => Promise<RetryResult>;
  readonly onForget: (id: string) => void;
}

export function Servers({ pairs, now, onReconnect, onForget }: ServersProps) {
  const { columns } = strings;
  return (
    <main className="screen servers">
      <div className="screen-head">
        <h2>{strings.title}</h2>
        <p>{strings.lead}</p>
      </div>
      {pairs === undefined ? (
        <p className="loading" role="status">
          {strings.loading}
        </p>
      ) : pairs.length === 0 ? (
        <div className="screen-empty">
          <h3>{strings.empty.title}</h3>
          <p>{strings.empty.text}</p>
          <div className="actions">
            <a className="button" href={hrefOfScreen("check")}>
              {strings.empty.toCheck}
            </a>
          </div>
        </div>
      ) : (
        <table className="stacking">
          <caption className="visually-hidden">{strings.caption}</caption>
          <thead>
            <tr>
              {Object.entries(columns).map(([id, name]) => (
                <th key={id} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pairs.map((pair) => (
              <PairRow key={pair.id} pair={pair} now={now} onReconnect={onReconnect} onForget={onForget} />
            ))}
          </tbody>
        </table>
      )}
    </main>
  );
}
