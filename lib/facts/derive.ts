import { readMetadata } from "@/lib/discovery/read.ts";
import { printLocation } from "@/lib/exchange/print.ts";
import { readProbes } from "@/lib/probes/read.ts";
import type { Flow, Leg } from "@/lib/trace/flow.ts";
import { labelValues } from "@/lib/trace/labels.ts";
import { answerFact, answersOf } from "./answer.ts";
import { registrationFact, tokensFact } from "./back-channel.ts";
import { type Fact, missing, observed } from "./fact.ts";
import type { AttemptFacts, FlowFacts, MetadataFacts } from "./flow-facts.ts";
import { legsOf } from "./legs.ts";
import { clientFact, recognise } from "./parties.ts";
import { requestFact } from "./request.ts";
import { deliveryFact, responseFact } from "./response.ts";

/**
 * What is known of one attempt. `attempts` are the other attempts of the same client at the same authorization
 * endpoint (`attemptOf` of each), in any order.
 */
export function deriveFacts(flow: Flow, attempts: readonly AttemptFacts[]): FlowFacts {
  const print = labelValues(flow);
  const request = requestFact(flow, print);
  const response = responseFact(flow, request, print);
  const registration = registrationFact(flow, print);
  const metadata = metadataFact(flow);
  const document = metadata.status === "observed" ? metadata.value.server?.document : undefined;
  const byOtherMeans = recognise(flow, document, []);
  const answers = answersOf(flow, request, byOtherMeans ? [byOtherMeans.id] : []);
  const server = recognise(flow, document, answers);
  return {
    request,
    response,
    answers,
    answer: answerFact(flow, answers, response),
    delivery: deliveryFact(flow, request, response),
    timeline: observed(timelineOf(flow)),
    registration,
    tokens: tokensFact(flow, print),
    metadata,
    probes: probesFact(flow),
    attempts,
    legs: legsOf(flow),
    server: server ? observed(server) : missing("a product's fingerprints in metadata, headers, paths and pages"),
    client: clientFact(request, registration, metadata),
  };
}

function timelineOf(flow: Flow) {
  const event = flow.tabEvents.find((one) => one.event !== "opened");
  const ended = event
    ? { how: event.event === "closed" ? ("tab-closed" as const) : ("left" as const), at: event.at }
    : flow.replacedAt !== undefined && { how: "left" as const, at: flow.replacedAt };
  return {
    startedAt: flow.startedAt,
    lastAt: flow.lastAt,
    ...(ended && { ended }),
    gaps: flow.gaps.map(({ reason, at }) => ({ reason, at })),
  };
}

function probesFact(flow: Flow): FlowFacts["probes"] {
  const readings = readProbes(flow.legs.flatMap(({ role, exchange }) => (role === "probe" ? [exchange] : [])));
  return readings ? observed(readings) : missing("answers of the server to questions asked about this attempt");
}

function metadataFact(flow: Flow): Fact<MetadataFacts> {
  const isMetadata = ({ role }: Leg) => role.endsWith("-metadata") || role === "challenge";
  if (!flow.legs.some(isMetadata)) return missing("metadata requests in this trace");
  // Of several documents the one that names the endpoint of this attempt counts, so the other legs are read too.
  return observed(readMetadata(flow.legs.map(({ exchange }) => exchange)));
}

/**
 * Which attempts are compared with each other: those of one client at one authorization endpoint. Undefined when the client
 * was not seen.
 */
export function attemptKey(facts: FlowFacts): string | undefined {
  if (facts.request.status !== "observed" || facts.request.value.clientId === undefined) return undefined;
  return `${printLocation(facts.request.value.url)} ${facts.request.value.clientId}`;
}

/** What this attempt says about its client being known to the server; undefined when it says nothing. */
export function attemptOf(flow: Flow, facts: FlowFacts): AttemptFacts | undefined {
  const attempt = { flowId: flow.id, at: flow.startedAt };
  // A login page proves nothing: several servers check the client only after login. A code does.
  if (facts.response.status === "observed" && facts.response.value.hasCode) return { ...attempt, clientAccepted: true };
  const isRefused = facts.answer.status === "observed" && facts.answer.value.judgement.causes[0] === "unknown-client";
  return isRefused ? { ...attempt, clientAccepted: false } : undefined;
}
