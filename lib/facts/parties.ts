import { recogniseClient } from "@/lib/clients/index.ts";
import { clearText, originOf } from "@/lib/exchange/print.ts";
import { recogniseServer } from "@/lib/servers/index.ts";
import type { Flow } from "@/lib/trace/flow.ts";
import { type Fact, missing, observed } from "./fact.ts";
import type { AnswerFacts, FlowFacts, MetadataFacts } from "./flow-facts.ts";

/** The product of the authorization server, from its own legs only: not those of whoever it sent the person on to. */
export function recognise(
  flow: Flow,
  document: Readonly<Record<string, unknown>> | undefined,
  answers: readonly AnswerFacts[],
): { readonly id: string; readonly name: string } | undefined {
  const request = flow.legs.find(({ role }) => role === "authorization-request")?.exchange;
  const origin = request && originOf(request.url);
  const own = flow.legs.flatMap(({ role, exchange }) =>
    (role === "authorization-request" || role === "interaction" || role === "probe") &&
    originOf(exchange.url) === origin
      ? [exchange]
      : [],
  );
  const probed = flow.legs.flatMap(({ role, exchange }) => (role === "probe" ? [exchange] : []));
  const shown = new Set(own.map(({ id }) => id));
  const said = [...answers, ...probed.map(({ id, page }) => ({ exchangeId: id, matches: page?.matches ?? [] }))];
  const worded = said.flatMap(({ exchangeId, matches }) =>
    shown.has(exchangeId)
      ? matches.flatMap(({ server, isDistinctive }) => (server !== undefined && isDistinctive ? [server] : []))
      : [],
  );
  return recogniseServer({
    ...(document && { metadata: document }),
    headers: own.flatMap(({ headers }) =>
      headers.map((header) => ({ name: header.name, value: clearText(header) ?? "" })),
    ),
    hosts: own.map(({ url }) => url.host),
    paths: own.map(({ url }) => [url.path, ...url.parameters.map(({ name }) => `${name}=`)].join("?")),
    cookies: own.flatMap(({ cookies }) => cookies.map(({ name }) => name)),
    pages: [...own.flatMap(({ page }) => page?.servers ?? []), ...worded],
  });
}

/** The client application, by redirect URI, `client_id` document or registered name. */
export function clientFact(
  request: FlowFacts["request"],
  registration: FlowFacts["registration"],
  metadata: Fact<MetadataFacts>,
): FlowFacts["client"] {
  const sent = request.status === "observed" ? request.value : undefined;
  const registered = registration.status === "observed" ? registration.value.request : [];
  const document = metadata.status === "observed" ? metadata.value.client?.document : undefined;
  const documentName = document?.client_name;
  const clientName =
    clearText(registered.find(({ name }) => name === "client_name")) ??
    (typeof documentName === "string" ? documentName : undefined);
  const client = recogniseClient({
    ...(sent?.redirectUri && { redirectUri: sent.redirectUri.text }),
    ...(sent?.clientId !== undefined && { clientId: sent.clientId }),
    ...(clientName !== undefined && { clientName }),
  });
  return client ? observed({ id: client.id, name: client.name }) : missing("a known redirect URI, document or name");
}
