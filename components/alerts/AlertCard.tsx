import { hrefOf } from "@/components/inspector/route.ts";
import { Icon } from "@/components/parts/Icon.tsx";
import { LongValue } from "@/components/parts/LongValue.tsx";
import { Moment } from "@/components/parts/Moment.tsx";
import { NewMark } from "@/components/parts/NewMark.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import type { Alert } from "@/lib/report/alerts.ts";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import { strings } from "./strings.ts";

export interface ShownAlert extends Alert {
  readonly isRead: boolean;
}

interface AlertCardProps {
  readonly alert: ShownAlert;
  readonly now: number;
  readonly onRead: (ids: readonly string[]) => void;
  readonly onClear: (ids: readonly string[]) => void;
}

/** `HTTP 500`, `net::ERR_CONNECTION_REFUSED`, `NS_ERROR_…`. */
const noCode = /^(?:HTTP \d|net::|NS_)/;

export function AlertCard({ alert, now, onRead, onClear }: AlertCardProps) {
  const { id, kind, flowId, at, server, client, error, description, redirectUri, title, isRead } = alert;
  const rows = [
    [error !== undefined && noCode.test(error) ? strings.answer[kind] : strings.error, error],
    [strings.description, description?.replace(/\s*\n\s*/g, " · ")],
    [strings.redirectUri, redirectUri],
  ] as const;
  return (
    <article className="alert" data-kind={kind} data-alert={id} data-read={isRead || undefined}>
      <header>
        <h3>
          <Icon name="cross" />
          <span>{title ?? strings.unexplained}</span>
          {!isRead && <NewMark />}
        </h3>
        <Moment at={at} now={now} />
      </header>
      <p className="alert-parties">
        <ServerText text={shortenMiddle(server, 80)} />
        {client && (
          <>
            {" "}
            {strings.for} <ServerText text={shortenMiddle(client, 60)} />
          </>
        )}
        <span className="alert-kind">
          {strings.kinds[kind]} (<code>{kind}</code>)
        </span>
      </p>
      <dl className="alert-facts">
        {rows.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="server-value">
                  <LongValue text={value} limit={200} />
                </dd>
              </div>
            ),
        )}
      </dl>
      <div className="actions">
        <a className="button" href={hrefOf({ flowId, view: "cause" })} onClick={() => onRead([id])}>
          {strings.open}
        </a>
        {!isRead && (
          <button type="button" className="button quiet" onClick={() => onRead([id])}>
            {strings.read}
          </button>
        )}
        <button type="button" className="button quiet" onClick={() => onClear([id])}>
          {strings.clear}
        </button>
      </div>
    </article>
  );
}
