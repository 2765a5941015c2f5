import { Disclosure } from "@/components/parts/Disclosure.tsx";
import { Icon, type IconName } from "@/components/parts/Icon.tsx";
import { LongValue } from "@/components/parts/LongValue.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import type { Step } from "@/lib/probes/connection.ts";
import type { ShownRequest } from "./check-commands.ts";
import { strings } from "./strings.ts";

const icons: Readonly<Record<Step["state"], IconName>> = {
  running: "play",
  done: "check",
  failed: "cross",
  skipped: "dash",
};

interface StepRowsProps {
  readonly steps: readonly Step[];
  readonly requests: readonly ShownRequest[];
}

/** A row per step: what came of it, and what was sent and answered. */
export function StepRows({ steps, requests }: StepRowsProps) {
  return (
    <ol className="check-steps" aria-label={strings.progress}>
      {steps.map((step) => (
        <li key={step.id} className="check-step" data-step={step.id} data-state={step.state}>
          <span className="check-step-state">
            <Icon name={icons[step.state]} />
            {strings.states[step.state]}
          </span>
          <div>
            <p className="check-step-name">{strings.steps[step.id]}</p>
            <p>
              <LongValue text={step.says} />
            </p>
            {strings.stepMeanings[step.id] && <p className="faint">{strings.stepMeanings[step.id]}</p>}
            <Requests requests={requests.filter((request) => request.step === step.id)} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function Requests({ requests }: { readonly requests: readonly ShownRequest[] }) {
  if (requests.length === 0) return null;
  return (
    <Disclosure title={strings.requests(requests.length)}>
      <ul className="check-requests">
        {requests.map(({ id, method, address, sent, status, error }) => (
          <li key={id}>
            {method} <LongValue text={address} /> {sent.length > 0 && <ServerText text={strings.names(sent)} />}{" "}
            <strong>{status ?? (error === undefined ? strings.pending : <ServerText text={error} />)}</strong>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
