import { VList } from "virtua";
import { hrefOfScreen } from "@/components/inspector/screens.ts";
import { ConfirmButton } from "@/components/parts/ConfirmButton.tsx";
import { AlertCard, type ShownAlert } from "./AlertCard.tsx";
import { strings } from "./strings.ts";

interface AlertsProps {
  /** Newest first; undefined until read. */
  readonly alerts: readonly ShownAlert[] | undefined;
  /** Alerts kept at most. */
  readonly limit: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly onRead: (ids: readonly string[]) => void;
  readonly onClear: (ids: readonly string[]) => void;
}

/** Lists longer than this are drawn row by row as one scrolls. */
const plainLimit = 60;

export function Alerts({ alerts, limit, now, onRead, onClear }: AlertsProps) {
  const ids = alerts?.map(({ id }) => id) ?? [];
  const unread = alerts?.filter(({ isRead }) => !isRead).map(({ id }) => id) ?? [];
  const card = (alert: ShownAlert) => (
    <AlertCard key={alert.id} alert={alert} now={now} onRead={onRead} onClear={onClear} />
  );
  return (
    <main className="screen alerts">
      <div className="screen-head">
        <h2>{strings.title}</h2>
        {ids.length > 0 && (
          <div className="actions">
            <button type="button" className="button" disabled={unread.length === 0} onClick={() => onRead(unread)}>
              {strings.readAll}
            </button>
            <ConfirmButton
              label={strings.clearAll}
              question={strings.clearQuestion(ids.length)}
              confirm={strings.clearConfirm}
              onConfirm={() => onClear(ids)}
            />
          </div>
        )}
        <p>
          {strings.lead} {strings.notifications} <a href={hrefOfScreen("settings")}>{strings.settings}</a>.
        </p>
      </div>
      {alerts === undefined ? (
        <p className="loading" role="status">
          {strings.loading}
        </p>
      ) : alerts.length === 0 ? (
        <div className="screen-empty">
          <h3>{strings.empty.title}</h3>
          <p>{strings.empty.text}</p>
        </div>
      ) : (
        <section aria-label={strings.list} className="alert-list">
          {alerts.length > plainLimit ? (
            <VList data={alerts} ssrCount={plainLimit} style={{ height: "70vh" }}>
              {card}
            </VList>
          ) : (
            alerts.map(card)
          )}
          {alerts.length >= limit && <p className="faint">{strings.cap(limit)}</p>}
        </section>
      )}
    </main>
  );
}
