import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { headlineOf } from "@/lib/diagnosis/engine.ts";
import type { Certainty, Finding, FlowState } from "@/lib/diagnosis/rule.ts";
import type { Actor } from "@/lib/servers/server.ts";
import { shortenMiddle } from "./visible-text.ts";

/** One line of a list of attempts; the stored projection that lists are shown from without diagnosing anything. */
export interface AttemptSummary {
  readonly flowId: string;
  readonly tabIds: readonly number[];
  /** Milliseconds since the epoch: when the attempt started. */
  readonly at: number;
  readonly state: FlowState;
  /** Host of the authorization server as sent, or the product's name when no host was seen. */
  readonly server: string;
  /** Name of the client when it is recognised. */
  readonly client?: string;
  readonly headline?: {
    readonly id: string;
    readonly title: string;
    readonly certainty: Certainty;
    readonly summary: string;
    readonly by: readonly Actor[];
  };
  /** An attempt that failed and was not looked at yet; `summarise` says true for every failed one. */
  readonly unread: boolean;
  /** Read from a file rather than seen in this browser. */
  readonly isImported?: true;
}

/** What the user let the extension see: every site, some sites, hosts taken back after a grant, or none yet. */
export type Access = "all" | "some" | "withheld" | "none";

/** Everything a list of attempts needs. */
export interface PopupIndex {
  /** Newest first. */
  readonly attempts: readonly AttemptSummary[];
  readonly access: Access;
  readonly isPaused: boolean;
  /** Times at which something was certainly not seen. */
  readonly gaps: number;
  /** Attempts that are stored and not among these yet; absent when all are. */
  readonly older?: number;
}

const summaryLimit = 400;

/** The line that stands for a report in a list. */
export function summarise(report: FlowReport): AttemptSummary {
  const { diagnosis, flow } = report;
  const headline = headlineOf(diagnosis.findings);
  return {
    flowId: flow.id,
    tabIds: flow.tabIds,
    at: flow.startedAt,
    state: diagnosis.state,
    server: serverOf(report),
    ...(diagnosis.client && { client: diagnosis.client.name }),
    ...(headline && { headline: shortHeadline(headline) }),
    unread: diagnosis.state === "not-connected",
  };
}

/** Tabs of a recording are none of this browser's, and what happened elsewhere is no news here. */
export function summariseImported(report: FlowReport): AttemptSummary {
  return { ...summarise(report), tabIds: [], unread: false, isImported: true };
}

/** Host of the authorization server: of its request, else of the last page it showed, else of the first leg. */
export function serverOf({ facts, flow, diagnosis }: FlowReport): string {
  const seen =
    facts.request.status === "observed"
      ? facts.request.value.url
      : facts.answer.status === "observed"
        ? facts.answer.value.url
        : flow.legs[0]?.exchange.url;
  return seen?.host || diagnosis.server?.name || seen?.scheme || "";
}

function shortHeadline({ id, title, certainty, summary, by }: Finding): NonNullable<AttemptSummary["headline"]> {
  return { id, title, certainty, summary: shortenMiddle(summary, summaryLimit), by };
}
