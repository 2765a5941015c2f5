import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import { measure, type PrintParameter } from "@/lib/exchange/print.ts";
import { formatTime } from "@/lib/exchange/time.ts";
import { readStored } from "@/lib/redaction/stored.ts";
import type { LegRole } from "@/lib/trace/flow.ts";
import { foldExchanges, inOrder } from "@/lib/trace/fold.ts";
import { labelValues } from "@/lib/trace/labels.ts";
import type { EntryCounts } from "./import.ts";
import { type WrittenEntry, writeEntry } from "./write-entry.ts";

export interface HarInput {
  /** Everything to be exported; duplicates and order do not matter. */
  readonly observations: readonly Observation[];
  /** Reports of the attempts in them. */
  readonly reports: readonly FlowReport[];
  /** Milliseconds since the epoch: when the reports were made. */
  readonly asOf: number;
  /** Version of Hopscope that writes the file. */
  readonly version: string;
  /** Of an imported recording: its name and what was set aside from it. */
  readonly origin?: { readonly session: string; readonly entries: EntryCounts };
}

interface WrittenLog {
  readonly version: "1.2";
  readonly creator: { readonly name: string; readonly version: string; readonly comment: string };
  readonly pages: readonly WrittenPage[];
  readonly _hopscope: OwnLogOut;
  readonly entries: readonly WrittenEntry[];
}

interface WrittenPage {
  readonly startedDateTime: string;
  readonly id: string;
  readonly title: string;
  readonly pageTimings: { readonly onContentLoad: -1; readonly onLoad: -1 };
}

interface OwnLogOut {
  readonly format: 1;
  readonly asOf: number;
  readonly session?: string;
  readonly entries: EntryCounts;
  readonly flows: readonly unknown[];
  readonly observations: readonly Observation[];
}

/** HAR 1.2 that other tools open, made of redacted observations only; importing it gives back exactly these. */
export interface WrittenHar {
  readonly log: WrittenLog;
}

/** One entry per request: retries that a report folds into one are listed one by one. */
export function buildHar({ observations, reports, asOf, version, origin }: HarInput): WrittenHar {
  // As the border reads them back: members in one order, nothing beside the schema.
  const ordered = inOrder(observations).flatMap((observation) => readStored(observation) ?? []);
  const exchanges = requestsOf(ordered);
  const { byExchange, others } = assignObservations(ordered, exchanges);
  const places = placesOf(reports);
  const urls = new Set(exchanges.map(({ url }) => JSON.stringify(url)));
  const entries = exchanges.map((exchange) => {
    const place = places.get(exchange.id);
    return writeEntry(exchange, {
      page: pageId(place?.index),
      print: place?.print ?? printOutside,
      isRedirectListed: exchange.redirect !== undefined && urls.has(JSON.stringify(exchange.redirect)),
      own: {
        ...(place && { flow: place.flow, role: place.role }),
        findings: place?.findings ?? [],
        observations: byExchange.get(exchange) ?? [],
      },
    });
  });
  const counts = origin?.entries ?? { read: entries.length, used: entries.length, setAside: 0, unreadable: 0 };
  return {
    log: {
      version: "1.2",
      creator: { name: "Hopscope", version, comment: "Values that may be secret are replaced; see _hopscope." },
      pages: writePages(reports, exchanges, places),
      // Before the entries, so that a file that was cut off still says what it is.
      _hopscope: {
        format: 1,
        asOf,
        ...(origin && { session: origin.session }),
        entries: counts,
        flows: reports.map(writeFlow),
        observations: others,
      },
      entries,
    },
  };
}

export const printHar = (har: WrittenHar): string => `${JSON.stringify(har, null, 2)}\n`;

/** The observations that the given attempts are made of: what an export of only these attempts contains. */
export function observationsOf(observations: readonly Observation[], reports: readonly FlowReport[]): Observation[] {
  const ordered = inOrder(observations);
  const exchanges = foldExchanges(ordered);
  const { byExchange } = assignObservations(ordered, exchanges);
  const legs = new Set(reports.flatMap(({ flow }) => flow.legs.map(({ exchange }) => exchange.id)));
  const events = new Set(reports.flatMap(({ flow }) => [...flow.tabEvents, ...flow.gaps].map(({ id }) => id)));
  const kept = new Set(
    exchanges.filter(({ id }) => legs.has(id)).flatMap((exchange) => byExchange.get(exchange) ?? []),
  );
  return ordered.filter((observation) => kept.has(observation) || events.has(observation.id));
}

/** Every exchange that went over HTTP; a navigation to a private-use scheme sends no request. */
function requestsOf(ordered: readonly Observation[]): Exchange[] {
  const folded = foldExchanges(ordered);
  const chains = new Set(folded.map(chainOf));
  const hidden = new Map<string, Observation[]>();
  for (const observation of ordered) {
    const chain = chainOf(observation);
    if (chain === undefined || chains.has(chain)) continue;
    hidden.set(chain, [...(hidden.get(chain) ?? []), observation]);
  }
  return [...folded, ...[...hidden.values()].flatMap(foldExchanges)]
    .filter(({ url }) => url.scheme === "http" || url.scheme === "https")
    .sort((left, right) => left.startedAt - right.startedAt || (left.id < right.id ? -1 : 1));
}

function chainOf(at: Exchange | Observation): string | undefined {
  return "requestId" in at && at.requestId !== undefined ? `${at.session}|${at.requestId}` : undefined;
}

/** Each observation goes to one exchange: its own by id, else the one of its request and URL, else by page or navigation. */
function assignObservations(ordered: readonly Observation[], exchanges: readonly Exchange[]) {
  const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
  const byChain = new Map<string, Exchange[]>();
  const byDocument = new Map<string, Exchange>();
  for (const exchange of exchanges) {
    const chain = chainOf(exchange);
    if (chain !== undefined) byChain.set(chain, [...(byChain.get(chain) ?? []), exchange]);
    for (const document of [exchange.page, exchange.navigation]) if (document) byDocument.set(document.id, exchange);
  }
  const byExchange = new Map<Exchange, Observation[]>();
  const others: Observation[] = [];
  for (const observation of ordered) {
    const chain = byChain.get(chainOf(observation) ?? "") ?? [];
    const owner =
      byDocument.get(observation.id) ??
      ("url" in observation
        ? chain.find(({ url }) => JSON.stringify(url) === JSON.stringify(observation.url))
        : undefined) ??
      byId.get(observation.id) ??
      chain[0];
    if (owner) byExchange.set(owner, [...(byExchange.get(owner) ?? []), observation]);
    else others.push(observation);
  }
  return { byExchange, others };
}

interface Place {
  readonly index: number;
  readonly flow: string;
  readonly role: LegRole;
  readonly findings: readonly string[];
  readonly print: PrintParameter;
}

function placesOf(reports: readonly FlowReport[]): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const [index, { flow, diagnosis }] of reports.entries()) {
    const print = labelValues(flow);
    for (const { role, exchange } of flow.legs) {
      const findings = diagnosis.findings
        .filter(({ evidence }) => evidence.some(({ exchangeId }) => exchangeId === exchange.id))
        .map(({ id }) => id);
      if (!places.has(exchange.id)) places.set(exchange.id, { index, flow: flow.id, role, findings, print });
    }
  }
  return places;
}

/** A value that belongs to no attempt has no ordinal. */
const printOutside: PrintParameter = ({ name, value }) =>
  value.kind === "secret" ? `${name} (${measure(value)})` : name;

const pageId = (index: number | undefined) => `page_${(index ?? -1) + 1}`;

function writePages(
  reports: readonly FlowReport[],
  exchanges: readonly Exchange[],
  places: ReadonlyMap<string, Place>,
): WrittenPage[] {
  const pageTimings = { onContentLoad: -1, onLoad: -1 } as const;
  const pages = reports.map(({ flow, facts }, index) => ({
    startedDateTime: formatTime(flow.startedAt),
    id: pageId(index),
    title: `Authorization attempt${facts.request.status === "observed" ? ` at ${facts.request.value.url.host}` : ""}`,
    pageTimings,
  }));
  const outside = exchanges.find(({ id }) => !places.has(id));
  if (!outside && pages.length > 0) return pages;
  const startedDateTime = formatTime(outside?.startedAt ?? 0);
  return [{ startedDateTime, id: pageId(undefined), title: "Outside any attempt", pageTimings }, ...pages];
}

function writeFlow({ flow, diagnosis }: FlowReport): unknown {
  return {
    id: flow.id,
    state: diagnosis.state,
    ...(diagnosis.server && { server: diagnosis.server.id }),
    ...(diagnosis.client && { client: diagnosis.client.id }),
    findings: diagnosis.findings.map(({ id, severity, certainty, title, summary, by }) => ({
      id,
      severity,
      certainty,
      title,
      summary,
      by,
    })),
  };
}
