import type { ProbeRequest } from "@/lib/probes/probe.ts";

/** Requests of one kind, as they are announced: what differs between them is a random value. */
export interface RequestKind {
  readonly method: string;
  readonly address: string;
  /** Parameters, one `name=value` each, random values left out. */
  readonly parameters: readonly string[];
  readonly count: number;
}

const random = new Set(["state", "nonce", "code_challenge", "code", "code_verifier"]);

/** Requests that say the same, folded; random values are shown as `…`. */
export function foldRequests(requests: readonly ProbeRequest[]): readonly RequestKind[] {
  const kinds = new Map<string, RequestKind>();
  for (const request of requests) {
    const { origin, pathname, searchParams } = new URL(request.url);
    const isForm = request.body?.mimeType === "application/x-www-form-urlencoded";
    const sent = isForm ? new URLSearchParams(request.body?.text) : searchParams;
    const isControl = /\/control$/.test(request.purpose);
    const parameters = [...sent].map(([name, value]) =>
      random.has(name) || (isControl && name === "client_id") ? `${name}=…` : `${name}=${value}`,
    );
    const kind = { method: request.method, address: `${origin}${pathname}`, parameters };
    const key = JSON.stringify(kind);
    kinds.set(key, { ...kind, count: (kinds.get(key)?.count ?? 0) + 1 });
  }
  return [...kinds.values()];
}
