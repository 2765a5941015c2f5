import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { headlineOf, primaryOf } from "@/lib/diagnosis/engine.ts";
import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { RedactedUrl } from "@/lib/exchange/observation.ts";
import { printError, printLocation } from "@/lib/exchange/print.ts";
import type { Leg, LegRole } from "@/lib/trace/flow.ts";
import { serverOf } from "./summary.ts";
import { shortenMiddle, toVisibleText } from "./visible-text.ts";

export type ParticipantId =
  | "client"
  | "browser"
  | "hopscope"
  | "resource"
  | "server"
  | "upstream"
  | "redirection-endpoint";

export interface Participant {
  readonly id: ParticipantId;
  /** What it is, in the words of the specs. */
  readonly role: string;
  /** Host or name, when known; text from outside. */
  readonly name?: string;
}

/** One leg: a request and what came back. */
export interface SequenceStep {
  /** From 1, in order of time. */
  readonly number: number;
  readonly exchangeId: string;
  readonly role: LegRole;
  readonly from: ParticipantId;
  readonly to: ParticipantId;
  readonly request: string;
  /** Absent when no answer was seen. */
  readonly answer?: string;
  /** The leg on which the headline finding rests. */
  readonly isBroken: boolean;
}

export interface Sequence {
  readonly participants: readonly Participant[];
  readonly steps: readonly SequenceStep[];
  /** Title of the headline finding, when an attempt failed. */
  readonly broken?: string;
}

const order: readonly ParticipantId[] = [
  "client",
  "hopscope",
  "browser",
  "resource",
  "server",
  "upstream",
  "redirection-endpoint",
];

const roleNames: Readonly<Record<ParticipantId, string>> = {
  client: "Client",
  browser: "Browser",
  hopscope: "Hopscope",
  resource: "Resource server",
  server: "Authorization server",
  upstream: "Upstream server",
  "redirection-endpoint": "Redirection endpoint",
};

const labelLimit = 44;

/** The attempt as a sequence of messages between the parties; what was not seen is not drawn. */
export function buildSequence(report: FlowReport): Sequence {
  const headline = headlineOf(report.diagnosis.findings);
  const primary = headline && primaryOf(headline);
  const steps = report.flow.legs.map((leg, index) => toStep(leg, index + 1, primary?.exchangeId));
  const present = new Set(steps.flatMap((step) => [step.from, step.to]));
  const hasRequest = report.flow.legs.some((leg) => leg.role === "authorization-request");
  if (hasRequest) present.add("client");
  const names = namesOf(report);
  return {
    participants: order
      .filter((id) => present.has(id))
      .map((id) => ({ id, role: roleNames[id], ...(names[id] && { name: shortenMiddle(names[id], labelLimit) }) })),
    steps,
    ...(headline && { broken: headline.title }),
  };
}

function toStep({ role, exchange }: Leg, number: number, brokenId: string | undefined): SequenceStep {
  const answer = answerOf(exchange);
  return {
    number,
    exchangeId: exchange.id,
    role,
    ...ends(role, exchange),
    request: requestOf(exchange),
    ...(answer && { answer }),
    isBroken: exchange.id === brokenId,
  };
}

function ends(role: LegRole, exchange: Exchange): Pick<SequenceStep, "from" | "to"> {
  const from: ParticipantId =
    exchange.source === "discovery" || exchange.source === "probe"
      ? "hopscope"
      : exchange.type === "fetch"
        ? "client"
        : "browser";
  switch (role) {
    case "challenge":
    case "resource-metadata":
    case "resource":
      return { from, to: "resource" };
    case "upstream":
      return { from, to: "upstream" };
    case "redirection-endpoint":
      return { from, to: "redirection-endpoint" };
    case "client-metadata":
      return { from, to: "client" };
    default:
      return { from, to: "server" };
  }
}

function requestOf({ method, url }: Exchange): string {
  const target = url.host === "" ? printLocation(url) : url.path || "/";
  return shortenMiddle(toVisibleText(`${method} ${target}`), labelLimit);
}

function answerOf({ status, redirect, error, navigation }: Exchange): string | undefined {
  if (error !== undefined) return toVisibleText(printError(error));
  const to = redirect && ` → ${redirect.host || `${redirect.scheme}:`}`;
  if (status !== undefined) return shortenMiddle(toVisibleText(`${status}${to ?? ""}`), labelLimit);
  if (navigation?.error) return toVisibleText(navigation.error);
  return navigation?.how === "committed" ? "shown, status hidden" : undefined;
}

function namesOf(report: FlowReport): Partial<Record<ParticipantId, string>> {
  const hostOf = (role: LegRole) => place(report.flow.legs.find((leg) => leg.role === role)?.exchange.url);
  const { request, delivery } = report.facts;
  const redirect =
    delivery.status === "observed"
      ? delivery.value.url
      : request.status === "observed"
        ? request.value.redirectUri?.url
        : undefined;
  const names: Partial<Record<ParticipantId, string | undefined>> = {
    client: report.diagnosis.client?.name,
    server: serverOf(report),
    upstream: hostOf("upstream"),
    resource: hostOf("resource") ?? hostOf("challenge") ?? hostOf("resource-metadata"),
    "redirection-endpoint": place(redirect),
  };
  return Object.fromEntries(
    Object.entries(names).flatMap(([id, name]) => (name ? [[id, toVisibleText(name)]] : [])),
  ) as Partial<Record<ParticipantId, string>>;
}

const place = (url: RedactedUrl | undefined): string | undefined => url && (url.host || `${url.scheme}:`);

/** The sequence as Mermaid text; text from servers is escaped so that it cannot end a statement or make a link. */
export function toMermaid({ participants, steps, broken }: Sequence): string {
  const alias = (id: ParticipantId) => id.replaceAll("-", "_");
  const lines = ["sequenceDiagram"];
  for (const { id, role, name } of participants) {
    lines.push(`  participant ${alias(id)} as ${escapeLabel(name ? `${role}: ${name}` : role)}`);
  }
  for (const step of steps) {
    const [from, to] = [alias(step.from), alias(step.to)];
    if (step.role === "authorization-request" && participants.some((participant) => participant.id === "client")) {
      if (step.from === "browser") lines.push("  client->>browser: opens the authorization request");
    }
    lines.push(`  ${from}->>${to}: ${step.number}. ${escapeLabel(step.request)}`);
    if (step.answer) lines.push(`  ${to}${step.isBroken ? "--x" : "-->>"}${from}: ${escapeLabel(step.answer)}`);
    if (step.isBroken && broken) lines.push(`  Note over ${from},${to}: Broke here: ${escapeLabel(broken)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Mermaid reads `#`, `;`, line breaks and markup in labels: letters, digits and quiet punctuation stay as they are. */
function escapeLabel(text: string): string {
  return toVisibleText(text)
    .replace(/[\n\t]+/g, " ")
    .replace(/[^\p{L}\p{M}\p{N} .,/_=…→⟨⟩+()-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);
}
