import type { RawHeader } from "@/lib/exchange/raw-observation.ts";

const probeIds = [
  "known-client",
  "instance-consistency",
  "endpoints",
  "redirect-allow-list",
  "loopback-port",
  "client-metadata",
  "client-allow-list",
] as const;
export type ProbeId = (typeof probeIds)[number];

/** What is asked about; values in clear only, so nothing secret can be asked again. */
export interface ProbeSubject {
  /** Flow the answers belong to. */
  readonly flowId: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint?: string;
  readonly registrationEndpoint?: string;
  /** Every advertised endpoint by its metadata member name. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly clientId?: string;
  readonly redirectUri?: string;
  /** Parameters of the attempt whose values are known, without `client_id`, `redirect_uri`, `state`, `nonce` and PKCE. */
  readonly parameters: readonly RawHeader[];
  readonly hasState: boolean;
  readonly hasNonce: boolean;
  readonly hasCodeChallenge: boolean;
  /** Names of parameters that cannot be repeated: only their fingerprints are known. */
  readonly unrepeatable: readonly string[];
}

/** One request of a probe. It goes out without credentials, cookies, cache, `Origin`, and follows no redirect. */
export interface ProbeRequest {
  /** `probe/<probe>/<round>/<oracle>/<who>`, read back by the probe's reader. */
  readonly purpose: string;
  readonly method: "GET" | "POST" | "DELETE" | "OPTIONS";
  readonly url: string;
  readonly headers: readonly RawHeader[];
  readonly body?: { readonly mimeType: string; readonly text: string };
}

/** What the user is shown before anything is sent. */
export interface ProbePlan {
  readonly id: ProbeId;
  /** Hosts that will be asked. */
  readonly hosts: readonly string[];
  readonly requests: readonly ProbeRequest[];
  /** Requests that change something on the server; each is shown with its exact body and asked for by itself. */
  readonly writes: readonly ProbeRequest[];
  readonly unrepeatable: readonly string[];
}

/** Unguessable text, 43 base64url characters (256 bits); pure folders make none themselves. */
export type Random = () => string;

export const planOf = (
  id: ProbeId,
  subject: Pick<ProbeSubject, "unrepeatable">,
  requests: readonly ProbeRequest[],
  writes: readonly ProbeRequest[] = [],
): ProbePlan => ({
  id,
  hosts: [...new Set([...requests, ...writes].map(({ url }) => new URL(url).host))],
  requests,
  writes,
  unrepeatable: subject.unrepeatable,
});
