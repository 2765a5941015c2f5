import { CopyButton } from "@/components/parts/CopyButton.tsx";
import { Disclosure } from "@/components/parts/Disclosure.tsx";
import { Icon } from "@/components/parts/Icon.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { headlineOf } from "@/lib/diagnosis/engine.ts";
import type { Diagnosis } from "@/lib/diagnosis/rule.ts";
import type { Flow } from "@/lib/trace/flow.ts";
import { AttemptActions, type AttemptCommands } from "./AttemptActions.tsx";
import type { LegHref } from "./EvidenceList.tsx";
import { FindingCard } from "./FindingCard.tsx";
import { Gaps } from "./Gaps.tsx";
import { ParameterTable } from "./ParameterTable.tsx";
import { Unsettled } from "./Reasoning.tsx";
import { strings } from "./strings.ts";

interface AttemptViewProps {
  readonly report: FlowReport;
  readonly commands: AttemptCommands;
  readonly legHref?: LegHref | undefined;
}

/** One attempt: its headline, what else was found, what stays open, what was asked, and what can be done now. */
export function AttemptView({ report, commands, legHref }: AttemptViewProps) {
  const { diagnosis, flow, facts } = report;
  const headline = headlineOf(diagnosis.findings);
  const others = diagnosis.findings.filter((finding) => finding !== headline);
  return (
    <div className="attempt-view">
      {headline ? (
        <FindingCard finding={headline} isHeadline legHref={legHref} />
      ) : (
        <NoFinding state={diagnosis.state} legs={flow.legs} />
      )}
      <Gaps gaps={flow.gaps} />
      <AttemptActions report={report} commands={commands} />
      <div className="folds">
        <Unsettled unsettled={diagnosis.unsettled} />
        {others.length > 0 && (
          <Disclosure title={strings.others(others.length)}>
            {others.map((finding) => (
              <FindingCard key={finding.id} finding={finding} legHref={legHref} />
            ))}
          </Disclosure>
        )}
        {facts.request.status === "observed" && facts.request.value.parameters.length > 0 && (
          <Disclosure title={strings.parameters(facts.request.value.parameters.length)}>
            {facts.request.value.hiddenBy && <p>{strings.parametersHidden[facts.request.value.hiddenBy]}</p>}
            <ParameterTable
              parameters={facts.request.value.parameters}
              facts={facts}
              caption={strings.roles["authorization-request"]}
            />
          </Disclosure>
        )}
        <Faults faults={diagnosis.faults} />
      </div>
    </div>
  );
}

interface NoFindingProps extends Pick<Diagnosis, "state">, Pick<Flow, "legs"> {}

function NoFinding({ state, legs }: NoFindingProps) {
  const last = legs.at(-1);
  return (
    <div className="no-finding">
      <h3 className="headline-summary">{strings.noFinding[state]}</h3>
      <p>{strings.next[state]}</p>
      <p className="faint">
        {strings.seen(legs.length, last && strings.lastLeg(strings.roles[last.role], last.exchange.status))}
      </p>
    </div>
  );
}

function Faults({ faults }: Pick<Diagnosis, "faults">) {
  if (faults.length === 0) return null;
  const details = faults.map(({ id, message }) => `${id}: ${message}`).join("\n");
  return (
    <Disclosure
      title={
        <>
          <Icon name="warning" /> {strings.faults(faults.length)}
        </>
      }
    >
      <p>{strings.faultsMeaning}</p>
      <p className="quote">
        <ServerText text={details} />
      </p>
      <CopyButton text={details} label={strings.copyFaults} />
    </Disclosure>
  );
}
