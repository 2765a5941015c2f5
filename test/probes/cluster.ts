import type { DiscoveryAnswer, Send } from "@/lib/discovery/ask.ts";
import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import type { ProbeSubject, Random } from "@/lib/probes/probe.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { foldExchanges } from "@/lib/trace/fold.ts";

/** A small generator with a seed (mulberry32), so that a failing run can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
export const randomText =
  (draw: () => number): Random =>
  () =>
    Array.from({ length: 43 }, () => letters.charAt(Math.floor(draw() * 64))).join("");

export const subject: ProbeSubject = {
  flowId: "flow",
  authorizationEndpoint: "https://auth.example/authorize",
  tokenEndpoint: "https://auth.example/token",
  registrationEndpoint: "https://auth.example/register",
  endpoints: {},
  clientId: "2f6c0d7e-6a57-4a38-9f0b-6a7f0f1f2f3a",
  redirectUri: "http://127.0.0.1:33418/",
  parameters: [{ name: "response_type", value: "code" }],
  hasState: true,
  hasNonce: false,
  hasCodeChallenge: true,
  unrepeatable: [],
};

/** What one instance makes of an id: in its store, not in it, or there but not readable. */
export type Lookup = (instance: number, clientId: string, at: number) => "known" | "unknown" | "unreadable";

export interface Simulation {
  readonly instances: number;
  readonly lookup: Lookup;
  readonly draw: () => number;
  readonly at: () => number;
}

/**
 * A simulated cluster that speaks like the MCP Python SDK's server. It stands in for real instances only where thousands of
 * bursts are needed; the real ones are in `test/servers`.
 */
export const simulate =
  ({ instances, lookup, draw, at }: Simulation): Send =>
  async (request) => {
    const instance = Math.floor(draw() * instances);
    const asked =
      request.method === "POST" ? new URLSearchParams(request.body?.text) : new URL(request.url).searchParams;
    const clientId = asked.get("client_id") ?? "";
    const found = lookup(instance, clientId, at());
    if (found === "unreadable") return answer(500, "text/plain", "Internal Server Error");
    return request.method === "POST" ? token(found === "known") : authorize(found === "known", clientId, asked);
  };

const answer = (status: number, mimeType: string, text: string): DiscoveryAnswer => ({
  kind: "answered",
  status,
  headers: [{ name: "content-type", value: mimeType }],
  body: { mimeType, text },
});
const json = (status: number, value: unknown) => answer(status, "application/json", JSON.stringify(value));

const token = (isKnown: boolean) =>
  isKnown
    ? json(401, { error: "invalid_grant", error_description: "authorization code does not exist" })
    : json(401, { error: "invalid_client", error_description: "Invalid client_id" });

const authorize = (isKnown: boolean, clientId: string, asked: URLSearchParams) =>
  json(400, {
    error: "invalid_request",
    error_description: isKnown
      ? `Redirect URI '${asked.get("redirect_uri")}' not registered for client`
      : `Client ID '${clientId}' not found`,
    state: asked.get("state"),
  });

export function exchangesOf(raw: readonly RawObservation[]): Exchange[] {
  const redactor = createRedactor({ id: "test-key", bytes: new Uint8Array(32).fill(7) }, { readHtml });
  return foldExchanges(raw.flatMap((observation) => redactor.redact(observation) ?? []));
}
