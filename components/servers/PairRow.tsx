import { useState } from "react";
import type { RetryResult } from "@/components/attempt/AttemptActions.tsx";
import { checkOfPair } from "@/components/check/check-address.ts";
import { hrefOf } from "@/components/inspector/route.ts";
import { ConfirmButton } from "@/components/parts/ConfirmButton.tsx";
import { Icon } from "@/components/parts/Icon.tsx";
import { LongValue } from "@/components/parts/LongValue.tsx";
import { Moment } from "@/components/parts/Moment.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import { StateMark } from "@/components/parts/StateMark.tsx";
import type { LastTime, Pair } from "@/lib/report/pairs.ts";
import { shortenMiddle, toVisibleText } from "@/lib/report/visible-text.ts";
import { strings } from "./strings.ts";

interface PairRowProps {
  readonly pair: Pair;
  readonly now: number;
  readonly onReconnect: (pair: Pair) => Promise<RetryResult>;
  readonly onForget: (id: string) => void;
}

export function PairRow({ pair, now, onReconnect, onForget }: PairRowProps) {
  const { id, server, product, client, clientId, state, lastSuccess, lastFailure } = pair;
  const [result, setResult] = useState<RetryResult>();
  const { columns } = strings;
  const check = checkOfPair(pair);
  const name = strings.reconnectNamed(
    shortenMiddle(toVisibleText(client ?? clientId ?? strings.unknownClient), 40),
    shortenMiddle(toVisibleText(server), 60),
  );
  return (
    <tr data-pair={id} data-state={state}>
      <th scope="row">
        <LongValue text={server} limit={60} />
        {product !== undefined && product !== server && <span className="pair-detail">{product}</span>}
      </th>
      <td data-column={columns.client}>
        <div>
          {client !== undefined && <ServerText text={shortenMiddle(client, 60)} />}
          {clientId !== undefined && (
            <span className={client === undefined ? "server-value" : "pair-detail server-value"}>
              <LongValue text={clientId} limit={40} />
            </span>
          )}
          {client === undefined && clientId === undefined && <span className="faint">{strings.unknownClient}</span>}
        </div>
      </td>
      <td data-column={columns.state}>
        <StateMark state={state} />
      </td>
      <td data-column={columns.lastSuccess}>
        <When time={lastSuccess} now={now} />
      </td>
      <td data-column={columns.lastFailure}>
        <When time={lastFailure} now={now} />
      </td>
      <td data-column={columns.action} className="pair-actions">
        <div>
          <button
            type="button"
            className="button"
            aria-label={name}
            onClick={() => void onReconnect(pair).then(setResult)}
          >
            <Icon name="retry" />
            {strings.reconnect}
          </button>
          {check !== undefined && (
            <a className="text-button" href={check}>
              {strings.check}
            </a>
          )}
          <ConfirmButton
            label={strings.forget}
            question={strings.forgetQuestion}
            confirm={strings.forgetConfirm}
            onConfirm={() => onForget(id)}
          />
        </div>
        <p role="status">{result && sayResult(result)}</p>
      </td>
    </tr>
  );
}

function When({ time, now }: { readonly time: LastTime | undefined; readonly now: number }) {
  if (!time) return <span className="faint pair-when">{strings.never}</span>;
  return (
    <a href={hrefOf({ flowId: time.flowId, view: "cause" })}>
      <Moment at={time.at} now={now} />
    </a>
  );
}

function sayResult({ outcome, howTo }: RetryResult): string {
  return outcome === "sent-again" ? strings.sentAgain : (howTo ?? strings.startInClient);
}
