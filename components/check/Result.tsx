import { FindingCard } from "@/components/attempt/FindingCard.tsx";
import { Icon } from "@/components/parts/Icon.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import { headlineOf } from "@/lib/diagnosis/engine.ts";
import type { Step } from "@/lib/probes/connection.ts";
import type { CheckOutcome } from "./check-commands.ts";
import type { CheckForm } from "./check-form.ts";
import { strings } from "./strings.ts";

interface ResultProps {
  readonly outcome: CheckOutcome;
  readonly steps: readonly Step[];
  readonly wasCancelled: boolean;
  readonly form: CheckForm;
  /** Changes the form and leaves everything else in it as it was. */
  readonly onSwitch: (change: Partial<CheckForm>) => void;
  readonly hrefOfAttempt: (flowId: string) => string;
}

/** What came of the whole check, why, and what else to try. */
export function Result({ outcome, steps, wasCancelled, form, onSwitch, hrefOfAttempt }: ResultProps) {
  const { isConnected, leftBehind, report } = outcome;
  const failed = steps.find(({ state }) => state === "failed");
  const headline = report && headlineOf(report.diagnosis.findings);
  const others = (report?.diagnosis.findings ?? []).filter((finding) => finding !== headline);
  const hasAttempt = report !== undefined && report.flow.tabIds.length > 0;
  const sentence = isConnected
    ? strings.connected
    : wasCancelled
      ? strings.cancelled
      : strings.notConnected(failed ? strings.steps[failed.id] : "");
  return (
    <section className="check-result" aria-label={strings.why} data-connected={isConnected}>
      <p className="check-verdict" role="status">
        <Icon name={isConnected ? "check" : wasCancelled ? "dash" : "cross"} />
        <span data-failed={(!isConnected && !wasCancelled) || undefined}>{sentence}</span>
      </p>
      {headline && <FindingCard finding={headline} isHeadline={!isConnected} />}
      {others.map((finding) => (
        <FindingCard key={finding.id} finding={finding} />
      ))}
      {leftBehind.length > 0 && (
        <>
          <h3>{strings.leftBehind}</h3>
          <ul className="check-left">
            {leftBehind.map((text) => (
              <li key={text}>
                <ServerText text={text} />
              </li>
            ))}
          </ul>
        </>
      )}
      {hasAttempt && (
        <p>
          <a href={hrefOfAttempt(report.flow.id)}>{strings.openAttempt}</a>
        </p>
      )}
      {!isConnected && (
        <>
          <h3>{strings.switch.title}</h3>
          <div className="actions">
            {form.client !== "preregistered" && (
              <Switch label={strings.switch.preregistered} onClick={() => onSwitch({ client: "preregistered" })} />
            )}
            {form.client !== "token" && (
              <Switch label={strings.switch.token} onClick={() => onSwitch({ client: "token" })} />
            )}
            {form.redirect === "loopback" && form.client !== "token" && (
              <Switch label={strings.switch.extension} onClick={() => onSwitch({ redirect: "extension" })} />
            )}
          </div>
        </>
      )}
    </section>
  );
}

function Switch({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <button type="button" className="button" onClick={onClick}>
      {label}
    </button>
  );
}
