import { clearText, type PrintParameter, printUrl } from "@/lib/exchange/print.ts";
import type { Flow } from "@/lib/trace/flow.ts";
import { type Fact, missing, observed } from "./fact.ts";
import type { AuthorizationRequestFacts } from "./flow-facts.ts";

/**
 * The first authorization request of the attempt; later ones are the same request on its way through login.
 * @see RFC 6749 §3.1 (no parameter more than once), RFC 9101 §4, RFC 9126 §4
 */
export function requestFact(flow: Flow, print: PrintParameter): Fact<AuthorizationRequestFacts> {
  const leg = flow.legs.find(({ role }) => role === "authorization-request");
  if (!leg) return missing("an authorization request in this trace");
  const { exchange } = leg;
  const sent = [...exchange.url.parameters, ...exchange.requestFields];
  const parameters = sent.map((parameter) => ({ ...parameter, text: print(parameter) }));
  const find = (name: string) => sent.find((parameter) => parameter.name === name);
  const clientId = clearText(find("client_id"));
  const redirectUri = find("redirect_uri");
  const hiddenBy = find("request_uri") ? "request_uri" : find("request") ? "request" : undefined;
  return observed({
    exchangeId: exchange.id,
    role: leg.role,
    at: exchange.startedAt,
    method: exchange.method,
    url: exchange.url,
    parameters,
    duplicates: duplicatesOf(sent.map(({ name }) => name)),
    ...(hiddenBy && { hiddenBy }),
    // An empty value is treated as omitted (RFC 6749 §3.1).
    ...(clientId && { clientId }),
    ...(redirectUri?.value.kind === "url" && {
      redirectUri: { url: redirectUri.value.url, text: printUrl(redirectUri.value.url, print) },
    }),
  } satisfies AuthorizationRequestFacts);
}

/** Names that stand more than once, except `resource` and `audience`, which may be repeated (RFC 8707 §2). */
export function duplicatesOf(names: readonly string[]): string[] {
  const repeated = names.filter(
    (name, index) => names.indexOf(name) !== index && name !== "resource" && name !== "audience",
  );
  return [...new Set(repeated)];
}
