import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { headlineOf } from "@/lib/diagnosis/engine.ts";
import type { Certainty, Evidence, Finding, FixStep, FlowState, Reference } from "@/lib/diagnosis/rule.ts";
import { formatTime } from "@/lib/exchange/time.ts";
import type { LegRole } from "@/lib/trace/flow.ts";
import { buildCurl } from "./curl.ts";
import { headlineFirst } from "./json.ts";
import { serverOf } from "./summary.ts";

/** The parts of a written report, in order; text from outside is still to be escaped for where it goes. */
export interface WrittenReport {
  readonly state: string;
  /** Host and product of the authorization server. */
  readonly server: string;
  readonly client?: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly headline?: WrittenFinding;
  readonly others: readonly WrittenFinding[];
  readonly unsettled: readonly { readonly title: string; readonly missing: string; readonly settledBy: string }[];
  /** Faults of Hopscope itself. */
  readonly faults: readonly string[];
  /** Repeats the request that the headline rests on, without credentials. */
  readonly command?: string;
}

export interface WrittenFinding {
  readonly id: string;
  readonly title: string;
  readonly severity: Finding["severity"];
  readonly certainty: Certainty;
  /** What the certainty word means. */
  readonly certaintyMeans: string;
  readonly summary: string;
  readonly why: string;
  readonly evidence: readonly {
    readonly where: string;
    readonly says: string;
    readonly against?: Evidence["against"];
  }[];
  readonly by: string;
  readonly fix: readonly FixStep[];
  readonly rivals: readonly { readonly id: string; readonly separatedBy: string }[];
  readonly references: readonly Reference[];
  readonly isFolded: boolean;
}

const stateNames: Readonly<Record<FlowState, string>> = {
  connected: "Connected",
  "code-delivered": "Code delivered",
  "not-connected": "Not connected",
  "in-progress": "In progress",
  incomplete: "Incomplete",
};

const certainties: Readonly<Record<Certainty, string>> = {
  proven: "two observations contradict each other, or a probe with a control says so",
  likely: "a recognised message or pattern says so",
  possible: "general wording that other causes share",
};

const roleNames: Readonly<Record<LegRole, string>> = {
  challenge: "Challenge",
  "resource-metadata": "Protected resource metadata",
  "server-metadata": "Server metadata",
  "client-metadata": "Client ID metadata document",
  registration: "Registration",
  "pushed-request": "Pushed authorization request",
  "authorization-request": "Authorization request",
  interaction: "Page of the authorization server",
  upstream: "Upstream authorization server",
  "redirection-endpoint": "Redirection endpoint (callback)",
  token: "Token request",
  refresh: "Refresh request",
  resource: "Request to the resource server",
  probe: "Probe",
};

export function writeReport(report: FlowReport): WrittenReport {
  const { diagnosis, facts, flow } = report;
  const headline = headlineOf(diagnosis.findings);
  const command = buildCurl(report);
  const clientId = facts.request.status === "observed" ? facts.request.value.clientId : undefined;
  const client = diagnosis.client ? [diagnosis.client.name, clientId] : [clientId];
  const known = client.filter((part) => part !== undefined);
  const host = serverOf(report);
  return {
    state: stateNames[diagnosis.state],
    server: diagnosis.server && diagnosis.server.name !== host ? `${host} (${diagnosis.server.name})` : host,
    ...(known.length > 0 && { client: known.join(", client_id ") }),
    startedAt: formatTime(flow.startedAt),
    ...(headline && { headline: writeFinding(headline) }),
    others: headlineFirst(diagnosis.findings)
      .filter((finding) => finding !== headline)
      .map(writeFinding),
    unsettled: diagnosis.unsettled.map(({ title, missing, settledBy }) => ({ title, missing, settledBy })),
    faults: diagnosis.faults.map(({ id }) => id),
    ...(command !== undefined && { command }),
  };
}

function writeFinding(finding: Finding): WrittenFinding {
  const { id, title, severity, certainty, summary, why, evidence, by, fix, rivals, references } = finding;
  return {
    id,
    title,
    severity,
    certainty,
    certaintyMeans: certainties[certainty],
    summary,
    why,
    evidence: [...evidence]
      .sort((left, right) => Number(right.isPrimary ?? false) - Number(left.isPrimary ?? false))
      .map((item) => ({
        where: item.role ? `${roleNames[item.role]}, ${item.where}` : item.where,
        says: item.says,
        ...(item.against && { against: item.against }),
      })),
    by: by.join(", then "),
    fix,
    rivals,
    references,
    isFolded: finding.supersededBy !== undefined,
  };
}
