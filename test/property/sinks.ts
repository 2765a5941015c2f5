import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { RawBase, RawObservation } from "@/lib/exchange/raw-observation.ts";
import { type PreparedExport, prepareExport } from "@/lib/har/contents.ts";
import { buildHar, printHar } from "@/lib/har/export.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor, readStored } from "@/lib/redaction/redact.ts";
import { alertOf } from "@/lib/report/alerts.ts";
import { buildCurl } from "@/lib/report/curl.ts";
import { buildJsonReport } from "@/lib/report/json.ts";
import { printMarkdown } from "@/lib/report/markdown.ts";
import { pairsOf } from "@/lib/report/pairs.ts";
import { buildSequence, toMermaid } from "@/lib/report/sequence.ts";
import { summarise } from "@/lib/report/summary.ts";
import { coloured, plain, printText } from "@/lib/report/text.ts";
import { toVisibleText } from "@/lib/report/visible-text.ts";

/** What one attempt with a planted value becomes, from the redaction on. */
export interface Run {
  readonly observations: readonly Observation[];
  readonly reports: readonly FlowReport[];
  readonly exports: readonly PreparedExport[];
  /** The planted event is a leg of an attempt, so that reports speak of it. */
  readonly isReported: boolean;
}

/** Something that leaves the redaction: a store, a file, a text. Add one here and every planted secret is searched in it. */
export interface Sink {
  readonly name: string;
  readonly write: (run: Run) => string;
}

const redactor = createRedactor({ id: "property", bytes: new Uint8Array(32).fill(5) }, { readHtml });
const asOf = 1_800_000;
const version = "1.0.0";

/** The event as part of an attempt, through the whole pipeline; undefined when the redaction drops it. */
export function runOf(raw: RawObservation): Run | undefined {
  const planted = redactor.redact(raw);
  if (!planted) return undefined;
  const observations = [
    ...surroundings(raw).flatMap((event) => redactor.redact(event) ?? []),
    planted,
    ...consequences(raw).flatMap((event) => redactor.redact(event) ?? []),
  ];
  const reports = diagnose(observations, { asOf });
  return {
    observations,
    reports,
    exports: reports.flatMap(({ flow }) =>
      [prepareExport({ flowId: flow.id, observations, reports, asOf, version })].flatMap((one) => one ?? []),
    ),
    isReported: reports.some(({ flow }) =>
      flow.legs.some(({ exchange }) =>
        raw.kind === "page" ? exchange.page : "requestId" in raw && exchange.requestId === raw.requestId,
      ),
    ),
  };
}

const authorize =
  "https://as.example/authorize?response_type=code&client_id=abc&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcb";

/** The authorization request that leads to the event: a redirect to its address, or the request that it answers. */
function surroundings(raw: RawObservation): RawObservation[] {
  const base: RawBase = { source: raw.source, at: raw.at - 1_000, session: raw.session, tabId: 1, frameId: 0 };
  const request = { ...base, kind: "request", requestId: "r", method: "GET", type: "main_frame" } as const;
  const begun: RawObservation = { ...request, url: authorize };
  if (raw.kind === "response" || raw.kind === "page") {
    const answered: RawObservation = { ...request, at: raw.at - 500, requestId: "q", url: raw.url };
    return raw.kind === "response" ? [begun, { ...request, at: raw.at - 500, url: raw.url }] : [begun, answered];
  }
  const redirectUrl = "url" in raw ? raw.url : authorize;
  return [
    begun,
    {
      ...base,
      kind: "response",
      at: raw.at - 500,
      requestId: "r",
      url: authorize,
      status: 302,
      headers: [],
      redirectUrl,
    },
  ];
}

/** What makes of it an attempt that failed, so that there is something to report. */
function consequences(raw: RawObservation): RawObservation[] {
  if (raw.kind !== "request") return [];
  const { source, session, requestId, url } = raw;
  return [
    {
      source,
      session,
      tabId: 1,
      frameId: 0,
      at: raw.at + 10,
      kind: "response",
      requestId,
      url,
      status: 400,
      headers: [],
    },
  ];
}

const lines = (parts: readonly unknown[]): string => parts.map((part) => JSON.stringify(part, null, 1)).join("\n");

export const sinks: readonly Sink[] = [
  // IndexedDB, `storage.local`: written as they are, and read back.
  { name: "store", write: ({ observations }) => lines(observations) },
  {
    name: "store, read back",
    write: ({ observations }) => lines(observations.map((one) => readStored(JSON.parse(JSON.stringify(one))))),
  },
  {
    name: "index, alerts, servers",
    write: ({ reports }) => lines([...reports.map(summarise), ...reports.map(alertOf), ...pairsOf(reports)]),
  },
  // What workers and pages send each other.
  {
    name: "messages",
    write: ({ reports, exports }) => lines([...reports, ...exports.map(({ contents }) => contents)]),
  },
  { name: "HAR of an attempt", write: ({ exports }) => exports.map(({ text }) => text.har).join("\n") },
  {
    name: "HAR of a recording",
    write: ({ observations, reports }) => printHar(buildHar({ observations, reports, asOf, version })),
  },
  { name: "Markdown", write: ({ reports }) => reports.map((report) => printMarkdown(report)).join("\n") },
  { name: "JSON", write: ({ reports }) => `${JSON.stringify(buildJsonReport("a.har", reports))}\n` },
  {
    name: "text",
    write: ({ reports }) => reports.flatMap((one) => [printText(one, plain), printText(one, coloured)]).join("\n"),
  },
  {
    name: "clipboard",
    write: ({ reports }) =>
      reports
        .flatMap((report) => [printMarkdown(report), buildCurl(report) ?? "", toMermaid(buildSequence(report))])
        .map(toVisibleText)
        .join("\n"),
  },
];
