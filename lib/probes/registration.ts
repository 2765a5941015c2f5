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
