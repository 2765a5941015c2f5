import type { Exchange } from "@/lib/exchange/exchange.ts";
import { clearText } from "@/lib/exchange/print.ts";
import type { ProbeRequest, ProbeSubject } from "./probe.ts";

/** Name under which Hopscope registers; plain, so that an operator who finds it knows what it is. */
export const probeClientName = "Hopscope probe (safe to delete)";

/** The exact body of a registration that a probe makes. @see RFC 7591 §3.1 */
export function registrationRequest(
  subject: ProbeSubject & { readonly registrationEndpoint: string },
  purpose: string,
  metadata: { readonly redirectUris: readonly string[]; readonly clientName?: string },
): ProbeRequest {
  const isNative = metadata.redirectUris.every((uri) => !uri.startsWith("https://"));
  const body = {
    client_name: metadata.clientName ?? probeClientName,
    redirect_uris: metadata.redirectUris,
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
    application_type: isNative ? "native" : "web",
  };
  return {
    purpose,
    method: "POST",
    url: subject.registrationEndpoint,
    headers: [{ name: "accept", value: "application/json" }],
    body: { mimeType: "application/json", text: JSON.stringify(body) },
  };
}

/** What a registration made by a probe came to. */
export interface RegistrationReading {
  readonly exchangeId: string;
  readonly at: number;
  readonly status: number;
  readonly clientId?: string;
  readonly error?: string;
  readonly says: string;
  readonly isAccepted: boolean;
}

export function readRegistration(exchanges: readonly Exchange[], purpose: string): RegistrationReading | undefined {
  const exchange = exchanges.find((each) => each.purpose === purpose);
  if (!exchange) return undefined;
  const field = (name: string) =>
    exchange.body?.kind === "fields"
      ? clearText(exchange.body.fields.find((member) => member.name === name))
      : undefined;
  const [clientId, error] = [field("client_id"), field("error") ?? exchange.page?.oauthError?.error];
  const status = exchange.status ?? 0;
  const description =
    field("error_description") ?? exchange.page?.oauthError?.error_description ?? exchange.page?.excerpt;
  const said =
    error === undefined ? (status === 0 ? exchange.error : exchange.page?.excerpt) : `${error} ${description ?? ""}`;
  return {
    exchangeId: exchange.id,
    at: exchange.startedAt,
    status,
    ...(clientId !== undefined && { clientId }),
    ...(error !== undefined && { error }),
    says: `${status} ${said ?? ""}`.trim().slice(0, 300),
    isAccepted: status >= 200 && status < 300 && clientId !== undefined,
  };
}

/** A registration that a probe made, as its maker can delete it. @see RFC 7592 §3 */
export interface MadeRegistration {
  readonly clientId: string;
  /** `access` is a secret: it stays in the memory of whoever registered. */
  readonly management?: { readonly url: string; readonly access: string };
}

/** Reads the answer to a registration; undefined when it is not one. @see RFC 7591 §3.2.1 */
export function readMadeRegistration(text: string): MadeRegistration | undefined {
  const body = parseObject(text);
  const { client_id: clientId, registration_client_uri: url, registration_access_token: access } = body ?? {};
  if (typeof clientId !== "string" || clientId === "") return undefined;
  const isManaged = typeof url === "string" && URL.canParse(url) && typeof access === "string";
  return { clientId, ...(isManaged && { management: { url, access } }) };
}

/**
 * The request that deletes it again; undefined when the server offers none, or elsewhere than where it was registered: nobody
 * agreed to send anything there. @see RFC 7592 §2.3
 */
export function deletionRequest(
  { management }: MadeRegistration,
  registrationEndpoint: string,
): ProbeRequest | undefined {
  if (!management || new URL(management.url).origin !== new URL(registrationEndpoint).origin) return undefined;
  return {
    purpose: "probe/clean-up",
    method: "DELETE",
    url: management.url,
    headers: [{ name: "authorization", value: `Bearer ${management.access}` }],
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
