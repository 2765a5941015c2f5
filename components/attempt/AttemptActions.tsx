import { useState } from "react";
import { checkOfAttempt } from "@/components/check/check-address.ts";
import { ConfirmButton } from "@/components/parts/ConfirmButton.tsx";
import { CopyButton } from "@/components/parts/CopyButton.tsx";
import { Icon, type IconName } from "@/components/parts/Icon.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { exactRedirectUri } from "@/lib/report/exact-redirect-uri.ts";
import { strings } from "./strings.ts";

/** `sent-again`: the open tab repeats its own request; otherwise only the client can start again, if known in its words. */
export interface RetryResult {
  readonly outcome: "sent-again" | "start-in-client";
  readonly howTo?: string | undefined;
}

/** What can be done with an attempt on this screen; an absent one is not offered. */
export interface AttemptCommands {
  readonly writeReport?: (report: FlowReport) => string | Promise<string>;
  readonly exportTrace?: (flowId: string) => void;
  readonly openInspector?: (flowId: string) => void;
  /** Opens the questions; nothing is sent by that. */
  readonly openQuestions?: (flowId: string) => void;
  readonly retry?: (report: FlowReport) => Promise<RetryResult>;
  readonly forget?: (flowId: string) => void;
}

interface AttemptActionsProps {
  readonly report: FlowReport;
  readonly commands: AttemptCommands;
}

export function AttemptActions({ report, commands }: AttemptActionsProps) {
  const { writeReport, exportTrace, openInspector, openQuestions, forget } = commands;
  // What is connected, or on its way, has nothing to be tried again.
  const { state } = report.diagnosis;
  const retry = state === "connected" || state === "in-progress" ? undefined : commands.retry;
  const redirectUri = exactRedirectUri(report);
  const flowId = report.flow.id;
  const check = checkOfAttempt(report);
  const [result, setResult] = useState<RetryResult>();
  return (
    <div>
      <div className="actions attempt-actions">
        {writeReport && <CopyButton text={() => writeReport(report)} label={strings.copyReport} isPrimary />}
        {redirectUri !== undefined && <CopyButton text={redirectUri} label={strings.copyRedirectUri} />}
        {exportTrace && <Action icon="download" label={strings.exportTrace} onClick={() => exportTrace(flowId)} />}
        {openInspector && <Action icon="open" label={strings.openInspector} onClick={() => openInspector(flowId)} />}
        {openQuestions && <Action icon="ask" label={strings.askServer} onClick={() => openQuestions(flowId)} />}
        {retry && <Action icon="retry" label={strings.retry} onClick={() => retry(report).then(setResult)} />}
        {forget && (
          <ConfirmButton
            label={strings.forget}
            question={strings.forgetQuestion}
            confirm={strings.forgetConfirm}
            onConfirm={() => forget(flowId)}
          />
        )}
      </div>
      {retry && (
        <p className="retry-result" role="status">
          {result && sayResult(result)}{" "}
          {result?.outcome === "start-in-client" && check !== undefined && (
            <a href={`inspector.html${check}`} target="_blank" rel="noopener">
              {strings.checkServer}
            </a>
          )}
        </p>
      )}
    </div>
  );
}

function sayResult({ outcome, howTo }: RetryResult): string {
  if (outcome === "sent-again") return strings.sentAgain;
  return howTo ? `${strings.startInClient} ${howTo}` : strings.startInAnyClient;
}

interface ActionProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
}

function Action({ icon, label, onClick }: ActionProps) {
  return (
    <button type="button" className="button" onClick={onClick}>
      <Icon name={icon} />
      {label}
    </button>
  );
}
