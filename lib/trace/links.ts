import type { Observation, ObservationOf } from "@/lib/exchange/observation.ts";
import { clearText, findParameter } from "@/lib/exchange/print.ts";
import { classify } from "./classify.ts";
import type { Flow } from "./flow.ts";

/** A request of one unit that may be a leg of attempts in others, whenever those were. */
export interface Link {
  /** What it is found by: the attempt it was made for, or the client it registered. */
  readonly key: string;
  readonly session: string;
  readonly requestId: string;
  /** Its first and last observation, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

const keyOfFlow = (flowId: string) => `about ${flowId}`;
const keyOfClient = (clientId: string) => `client ${clientId}`;

/** What other units may want of this one. */
export function linksFrom(unit: readonly Observation[]): Link[] {
  const requests = new Map<string, { readonly all: Observation[]; readonly keys: Set<string> }>();
  for (const observation of unit) {
    // A recording joins nothing but itself.
    if (observation.source === "import") continue;
    if (!("requestId" in observation) || observation.requestId === undefined) continue;
    const id = JSON.stringify([observation.session, observation.requestId]);
    const request = requests.get(id) ?? { all: [], keys: new Set<string>() };
    requests.set(id, request);
    request.all.push(observation);
    if (observation.kind === "request" && observation.about !== undefined)
      request.keys.add(keyOfFlow(observation.about));
    const clientId = registeredIn(observation, request.all);
    if (clientId !== undefined) request.keys.add(keyOfClient(clientId));
  }
  return [...requests].flatMap(([id, { all, keys }]) => {
    const [session, requestId] = JSON.parse(id) as readonly [string, string];
    const times = all.map(({ at }) => at);
    return [...keys].map((key) => ({ key, session, requestId, from: Math.min(...times), to: Math.max(...times) }));
  });
}

/** The keys of links that these attempts may take from other units. */
export function linksWantedBy(flows: readonly Flow[]): Set<string> {
  return new Set(
    flows.flatMap(({ id, legs }) => [
      keyOfFlow(id),
      ...legs.flatMap(({ role, exchange }) => {
        const sent = [...exchange.url.parameters, ...exchange.requestFields].find(({ name }) => name === "client_id");
        const clientId = role === "authorization-request" ? clearText(sent) : undefined;
        return clientId === undefined ? [] : [keyOfClient(clientId)];
      }),
    ]),
  );
}

/** Whether this observation is part of the request that a link names. */
export const isLinked = (observation: Observation, { session, requestId }: Link): boolean =>
  observation.session === session && "requestId" in observation && observation.requestId === requestId;

/** A client id sent with a registration, or given in its answer (RFC 7591 §3.2.1); `chain` holds what came before. */
function registeredIn(observation: Observation, chain: readonly Observation[]): string | undefined {
  const request = chain.find((seen): seen is ObservationOf<"request"> => seen.kind === "request");
  if (!request) return undefined;
  const { url, method, type, purpose } = request;
  const requestFields = request.body?.fields ?? [];
  const shape = classify({ url, method, type, requestFields, ...(purpose !== undefined && { purpose }) });
  if (shape !== "registration") return undefined;
  const sent = findParameter(url, "client_id") ?? requestFields.find(({ name }) => name === "client_id");
  const given = observation.kind === "response" && observation.body?.kind === "fields" ? observation.body.fields : [];
  return clearText(sent ?? given.find(({ name }) => name === "client_id"));
}
