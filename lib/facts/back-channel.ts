import type { Exchange } from "@/lib/exchange/exchange.ts";
import { clearText, originOf, type PrintParameter, printLocation } from "@/lib/exchange/print.ts";
import type { MessagePlace } from "@/lib/servers/server.ts";
import type { Flow, Leg } from "@/lib/trace/flow.ts";
import { errorOfBody, headerOf } from "./answer.ts";
import { type Fact, notObservable, observed } from "./fact.ts";
import type { FactParameter, RegistrationFacts, TokenFacts } from "./flow-facts.ts";
import { judge, shapeOfParameters } from "./judge.ts";

const elsewhere = "it runs between the client and the server, outside the browser";

/** Token and refresh requests that a page made, an imported trace holds or our own check sent. @see RFC 6749 §4.1.3, §6 */
export function tokensFact(flow: Flow, print: PrintParameter): Fact<readonly TokenFacts[]> {
  const legs = flow.legs.filter((leg) => (leg.role === "token" || leg.role === "refresh") && isKnown(leg, flow));
  if (legs.length === 0) return notObservable(`the token request was not seen: ${elsewhere}`);
  return observed(
    legs.map((leg) => {
      const { exchange } = leg;
      const grantType = clearText(exchange.requestFields.find(({ name }) => name === "grant_type"));
      return {
        ...commonOf(leg, "token"),
        ...(grantType !== undefined && { grantType }),
        parameters: label(exchange.requestFields, print),
        authMethod: authMethodOf(exchange),
        url: exchange.url,
        ...(exchange.body?.kind === "fields" && {
          hasAccessToken: exchange.body.fields.some(({ name }) => name === "access_token"),
          response: label(exchange.body.fields, print),
        }),
        ...(exchange.body?.kind === "other" && { problem: exchange.body.problem }),
        ...(exchange.error !== undefined && { networkError: exchange.error }),
      };
    }),
  );
}

/**
 * Pages ask other services for tokens, too. Where the browser kept to itself what was asked, only the place tells that it is this
 * attempt's: a server of its, or the endpoint that its metadata names.
 */
const isKnown = ({ exchange: { url, source, requestFields } }: Leg, { legs }: Flow): boolean =>
  source !== "browser" ||
  requestFields.length > 0 ||
  legs.some(
    ({ role, exchange: { url: other, body } }) =>
      (role !== "token" && role !== "redirection-endpoint" && originOf(other) === originOf(url)) ||
      (body?.kind === "document" && body.document.token_endpoint === printLocation(url)),
  );

/** The registration that gave the client its `client_id`. @see RFC 7591 §3 */
export function registrationFact(flow: Flow, print: PrintParameter): Fact<RegistrationFacts> {
  const leg = flow.legs.findLast(({ role }) => role === "registration");
  if (!leg) return notObservable(`the registration was not seen: ${elsewhere}`);
  return observed({
    ...commonOf(leg, "registration"),
    request: label(leg.exchange.requestFields, print),
    response: leg.exchange.body?.kind === "fields" ? label(leg.exchange.body.fields, print) : [],
  });
}

function commonOf({ role, exchange }: Leg, where: MessagePlace) {
  const error = errorOfBody(exchange) ?? exchange.page?.oauthError;
  const contentType = headerOf(exchange, "content-type");
  const matches = exchange.page?.matches ?? [];
  return {
    exchangeId: exchange.id,
    role,
    at: exchange.startedAt,
    ...(exchange.status !== undefined && { status: exchange.status }),
    ...(error && { error }),
    ...(contentType !== undefined && { contentType }),
    matches,
    judgement: judge(
      { where, oauthError: error, status: exchange.status, contentType, matches, isInteraction: false },
      shapeOfParameters(exchange.requestFields),
    ),
  };
}

const label = (parameters: Exchange["requestFields"], print: PrintParameter): FactParameter[] =>
  parameters.map((parameter) => ({ ...parameter, text: print(parameter) }));

function authMethodOf({ requestHeaders, requestFields }: Exchange): NonNullable<TokenFacts["authMethod"]> {
  const authorization = clearText(requestHeaders.find(({ name }) => name.toLowerCase() === "authorization"));
  if (authorization?.toLowerCase().startsWith("basic")) return "client_secret_basic";
  if (requestFields.some(({ name }) => name === "client_assertion")) return "private_key_jwt";
  return requestFields.some(({ name }) => name === "client_secret") ? "client_secret_post" : "none";
}
