import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { headlineOf } from "@/lib/diagnosis/engine.ts";
import type { Certainty, Finding, FlowState, Severity } from "@/lib/diagnosis/rule.ts";
import type { Actor } from "@/lib/servers/server.ts";
import { serverOf } from "./summary.ts";

/** The machine-readable report of one file. */
export interface JsonReport {
  readonly file: string;
  readonly flows: readonly JsonFlow[];
  /** Set when the file could not be read. */
  readonly problem?: string;
}

interface JsonFlow {
  readonly id: string;
  readonly state: FlowState;
  /** Name of the client application when recognised, else its `client_id`; null when neither was seen. */
  readonly client: string | null;
  /** Name of the server product when recognised, else the host of the authorization server. */
  readonly server: string | null;
  /** Headline first; superseded ones after the finding they are folded under. */
  readonly findings: readonly {
    readonly id: string;
    readonly severity: Severity;
    readonly certainty: Certainty;
    readonly title: string;
    readonly summary: string;
    readonly by: readonly Actor[];
  }[];
  readonly unsettled: readonly { readonly id: string; readonly missing: string; readonly settledBy: string }[];
}

export function buildJsonReport(file: string, reports: readonly FlowReport[], problem?: string): JsonReport {
  return { file, flows: reports.map(buildFlow), ...(problem !== undefined && { problem }) };
}

/** The findings in the order of a report: the headline, what is folded under it, then the others. */
export function headlineFirst(findings: readonly Finding[]): readonly Finding[] {
  const headline = headlineOf(findings);
  if (!headline) return findings;
  const isFirst = (finding: Finding) => finding === headline || finding.supersededBy === headline.id;
  return [...findings.filter(isFirst), ...findings.filter((finding) => !isFirst(finding))];
}

function buildFlow(report: FlowReport): JsonFlow {
  const { diagnosis, facts } = report;
  const clientId = facts.request.status === "observed" ? facts.request.value.clientId : undefined;
  return {
    id: diagnosis.flowId,
    state: diagnosis.state,
    client: diagnosis.client?.name ?? clientId ?? null,
    server: diagnosis.server?.name ?? (serverOf(report) || null),
    findings: headlineFirst(diagnosis.findings).map(({ id, severity, certainty, title, summary, by }) => ({
      id,
      severity,
      certainty,
      title,
      summary,
      by,
    })),
    unsettled: diagnosis.unsettled.map(({ id, missing, settledBy }) => ({ id, missing, settledBy })),
  };
}
