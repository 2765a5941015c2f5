import type * as oauth from "oauth4webapi";
import { type DiscoveryOptions, runDiscovery } from "@/lib/discovery/run.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import type { RecordedFetch } from "./recorded-fetch.ts";

export interface FoundServer {
  readonly server: oauth.AuthorizationServer;
  readonly resource?: string;
}

interface FindingParts extends Pick<DiscoveryOptions, "send" | "now"> {
  readonly run: string;
  readonly record: (raw: RawObservation) => void;
}

/** Metadata of the server behind a URL as a client would find it. Throws when there is none. */
export async function discoverServer(
  input: { readonly url: string },
  { send, now, run, record }: FindingParts,
): Promise<FoundServer> {
  const documents = new Map<string, Record<string, unknown>>();
  const purposes = new Map<string, string>();
  await runDiscovery(
    { from: "url", url: input.url, challenge: true },
    {
      send,
      now,
      session: "",
      run,
      onObservation: (raw) => {
        record(raw);
        if (raw.kind === "request") purposes.set(raw.requestId, raw.purpose ?? "");
        if (raw.kind !== "response" || raw.status !== 200 || !raw.body) return;
        const kind = purposes.get(raw.requestId)?.split("/")[1] ?? "";
        const document = parse(raw.body.text);
        if (document && !documents.has(kind)) documents.set(kind, document);
      },
    },
  );
  const server = documents.get("server-metadata");
  if (typeof server?.issuer !== "string")
    throw new Error("No authorization server metadata was found at any known place.");
  const resource = documents.get("resource-metadata")?.resource;
  return { server: { ...server, issuer: server.issuer }, ...(typeof resource === "string" && { resource }) };
}

/** How many endpoints are asked: a document may name any number. */
export const mostEndpoints = 12;

/** Whether anything answers at each endpoint, whatever it answers: 404 and the codes of a gateway with nothing behind it are none. */
export async function tryEndpoints(server: oauth.AuthorizationServer, http: RecordedFetch): Promise<string> {
  const all = Object.entries(server).flatMap(([name, value]) =>
    name.endsWith("_endpoint") && typeof value === "string" && URL.canParse(value) ? [{ name, url: value }] : [],
  );
  const addresses = all.slice(0, mostEndpoints);
  const missing: string[] = [];
  for (const { name, url } of addresses) {
    const answer = await http
      .plain("endpoints", url, { method: "GET", headers: { accept: "*/*" } })
      .catch(() => undefined);
    if (answer === undefined) missing.push(`${name} (no answer)`);
    else if ([404, 410, 502, 503, 504].includes(answer.status)) missing.push(`${name} (${answer.status})`);
  }
  const answering = `${addresses.length - missing.length} of ${addresses.length} endpoints answer`;
  const says = missing.length === 0 ? answering : `${answering}; nothing at ${missing.join(", ")}`;
  return all.length === addresses.length ? says : `${says}; ${all.length - addresses.length} more were not asked`;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
