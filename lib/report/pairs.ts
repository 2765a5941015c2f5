import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { FlowState } from "@/lib/diagnosis/rule.ts";
import { printLocation } from "@/lib/exchange/print.ts";
import { exactRedirectUri } from "./exact-redirect-uri.ts";
import { serverOf } from "./summary.ts";

/** When something last happened, and in which attempt. */
export interface LastTime {
  readonly flowId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** One client at one authorization server. */
export interface Pair {
  readonly id: string;
  /** Host of the authorization server as sent. */
  readonly server: string;
  /** Name of the product, when recognised. */
  readonly product?: string;
  /** Name of the client, when recognised. */
  readonly client?: string;
  readonly clientId?: string;
  /** What a check of this server starts from. */
  readonly checkUrl?: string;
  /** What the newest request asked for, exactly as it was sent. */
  readonly redirectUri?: string;
  readonly scope?: string;
  /** Of the newest attempt that came to an end; *not connected* until one succeeds. */
  readonly state: Extract<FlowState, "connected" | "code-delivered" | "not-connected">;
  readonly lastSuccess?: LastTime & { readonly state: "connected" | "code-delivered" };
  readonly lastFailure?: LastTime;
  readonly lastAttempt: LastTime;
}

/** The pairs in these attempts, the one used last first. */
export function pairsOf(reports: readonly FlowReport[]): Pair[] {
  return mergePairs(
    [],
    reports.flatMap((report) => pairOf(report) ?? []),
  );
}

/** What was known of each pair together with what is known now: of an attempt seen again, only what it says now. */
export function mergePairs(known: readonly Pair[], seen: readonly Pair[]): Pair[] {
  const merged = new Map<string, Pair>();
  const again = new Set(seen.flatMap(attemptsOf));
  for (const pair of [...withoutAttempts(known, again), ...seen]) {
    const before = merged.get(pair.id);
    merged.set(pair.id, before ? merge(before, pair) : pair);
  }
  return [...merged.values()].sort(
    (left, right) => right.lastAttempt.at - left.lastAttempt.at || (left.id < right.id ? -1 : 1),
  );
}

/** Without anything that was learned from these attempts; a pair known from nothing else is gone. */
export function withoutAttempts(pairs: readonly Pair[], flowIds: ReadonlySet<string>): Pair[] {
  return pairs.flatMap(({ lastSuccess, lastFailure, lastAttempt, ...pair }) => {
    const success = lastSuccess && !flowIds.has(lastSuccess.flowId) ? lastSuccess : undefined;
    const failure = lastFailure && !flowIds.has(lastFailure.flowId) ? lastFailure : undefined;
    const attempt = flowIds.has(lastAttempt.flowId) ? later(success, failure) : lastAttempt;
    return attempt === undefined ? [] : [settle({ ...pair, lastAttempt: attempt }, success, failure)];
  });
}

const attemptsOf = ({ lastSuccess, lastFailure, lastAttempt }: Pair): readonly string[] =>
  [lastSuccess, lastFailure, lastAttempt].flatMap((time) => time?.flowId ?? []);

function pairOf(report: FlowReport): Pair | undefined {
  const { diagnosis, facts, flow } = report;
  const server = serverOf(report);
  if (server === "") return undefined;
  const request = facts.request.status === "observed" ? facts.request.value : undefined;
  const clientId = request?.clientId;
  const client = diagnosis.client?.name;
  // Dynamic registration gives a new client_id each time: a client with a name is the same client.
  const id = JSON.stringify([server.toLowerCase(), client ?? clientId ?? ""]);
  const here = { flowId: flow.id, at: flow.startedAt };
  const checkUrl = checkUrlOf(report);
  const redirectUri = exactRedirectUri(report);
  const scope = request?.parameters.find(({ name, value }) => name === "scope" && value.kind === "clear")?.text;
  const { state } = diagnosis;
  return settle(
    {
      id,
      server,
      ...(diagnosis.server && { product: diagnosis.server.name }),
      ...(client !== undefined && { client }),
      ...(clientId !== undefined && { clientId }),
      ...(checkUrl !== undefined && { checkUrl }),
      ...(redirectUri !== undefined && { redirectUri }),
      ...(scope !== undefined && { scope }),
      lastAttempt: here,
    },
    state === "connected" || state === "code-delivered" ? { ...here, state } : undefined,
    state === "not-connected" ? here : undefined,
  );
}

type Unsettled = Omit<Pair, "state" | "lastSuccess" | "lastFailure">;

function settle(pair: Unsettled, success: Pair["lastSuccess"], failure: Pair["lastFailure"]): Pair {
  const isDown = success === undefined || (failure !== undefined && failure.at > success.at);
  return {
    ...pair,
    state: isDown ? "not-connected" : success.state,
    ...(success && { lastSuccess: success }),
    ...(failure && { lastFailure: failure }),
  };
}

function merge(before: Pair, after: Pair): Pair {
  const isNewer = after.lastAttempt.at >= before.lastAttempt.at;
  const [older, newer] = isNewer ? [before, after] : [after, before];
  const { state: _, lastSuccess: __, lastFailure: ___, ...described } = { ...older, ...newer };
  return settle(described, later(before.lastSuccess, after.lastSuccess), later(before.lastFailure, after.lastFailure));
}

const later = <When extends LastTime>(one: When | undefined, other: When | undefined): When | undefined =>
  one && other ? (other.at >= one.at ? other : one) : (one ?? other);

/** What a check of the server starts from: the issuer when metadata named one, else the authorization endpoint's origin. */
export function checkUrlOf({ facts }: FlowReport): string | undefined {
  const issuer = facts.metadata.status === "observed" ? facts.metadata.value.server?.document?.issuer : undefined;
  if (typeof issuer === "string" && /^https?:\/\//.test(issuer)) return issuer;
  if (facts.request.status !== "observed") return undefined;
  const { scheme, host } = facts.request.value.url;
  return /^https?$/.test(scheme) && host !== ""
    ? printLocation({ scheme, host, path: "/", parameters: [] })
    : undefined;
}
