import { compareValues, isSameTarget } from "@/lib/exchange/compare.ts";
import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { OAuthError, Parameter, RedactedUrl } from "@/lib/exchange/observation.ts";
import { clearText, isAborted, type PrintParameter } from "@/lib/exchange/print.ts";
import { isBrowserCheck, isFailurePage } from "@/lib/servers/judge.ts";
import { isAuthorizationResponse } from "@/lib/trace/classify.ts";
import type { Flow } from "@/lib/trace/flow.ts";
import { errorOfUrl, headerOf, isEndless } from "./answer.ts";
import { type Fact, missing, notObservable, observed } from "./fact.ts";
import type {
  AuthorizationRequestFacts,
  AuthorizationResponseFacts,
  DeliveryFacts,
  StateComparison,
} from "./flow-facts.ts";
import { judge, shapeOf } from "./judge.ts";
import { duplicatesOf } from "./request.ts";

/** The response as the redirection endpoint got it, or as the redirect named it when the request itself was not seen. */
interface Sent {
  readonly exchange: Exchange;
  readonly url: RedactedUrl;
  readonly parameters: readonly Parameter[];
}

/** The authorization response. @see RFC 6749 §4.1.2, §4.1.2.1, §4.2.2; RFC 9207 §2 */
export function responseFact(
  flow: Flow,
  request: Fact<AuthorizationRequestFacts>,
  print: PrintParameter,
): Fact<AuthorizationResponseFacts> {
  const sent = findResponse(flow, request);
  if (!sent) return missing("an authorization response in this trace");
  if (sent.parameters.length === 0 && sent.exchange.isRequestUnseen)
    return notObservable(
      "the request to the redirection endpoint was not recorded, and what it carried in its body with it",
    );
  const parameters = sent.parameters.map((parameter) => ({ ...parameter, text: print(parameter) }));
  const find = (name: string) => parameters.find((parameter) => parameter.name === name);
  const text = (name: string) => clearText(find(name));
  const mode = modeOf(sent.parameters);
  const wrapped = mode === "jarm" ? wrappedIn(find("response")) : undefined;
  const hasCode = find("code") !== undefined || wrapped?.hasCode === true;
  const error = text("error") ?? wrapped?.error ?? (hasCode ? undefined : unreadableCode(find("error")));
  const description = text("error_description");
  const oauthError: OAuthError | undefined = error
    ? { error, ...(description !== undefined && { error_description: description }) }
    : undefined;
  return observed({
    exchangeId: sent.exchange.id,
    role: "redirection-endpoint",
    at: sent.exchange.startedAt,
    url: sent.url,
    mode,
    parameters,
    duplicates: duplicatesOf(parameters.map(({ name }) => name)),
    hasCode,
    ...(oauthError && { error: oauthError }),
    ...(wrapped?.isSealed && { isSealed: true as const }),
    judgement: judge({ where: "callback", oauthError, matches: [], isInteraction: false }, shapeOf(request)),
    state: compareState(request, sent.parameters, print),
  } satisfies AuthorizationResponseFacts);
}

/** A server's own code with digits in it may be anything, so redaction keeps its length only; a refusal it is all the same. */
const unreadableCode = (parameter: Parameter | undefined): string | undefined =>
  parameter?.value.kind === "secret" && parameter.value.length > 0
    ? `(${parameter.value.length} characters, not kept)`
    : undefined;

/** What a response in a JWT says as far as redaction kept it; an encrypted one says nothing (JARM §2.1, §2.2). */
function wrappedIn(parameter: Parameter | undefined) {
  const jwt = parameter?.value.kind === "secret" ? parameter.value.jwt : undefined;
  const error = typeof jwt?.error === "string" ? jwt.error : undefined;
  const carried: readonly unknown[] = Array.isArray(jwt?.carries) ? jwt.carries : [];
  return { error, hasCode: carried.includes("code"), isSealed: error === undefined && carried.length === 0 };
}

function findResponse(flow: Flow, request: Fact<AuthorizationRequestFacts>): Sent | undefined {
  const endpoint = flow.legs.find(({ role }) => role === "redirection-endpoint")?.exchange;
  if (endpoint)
    return {
      exchange: endpoint,
      url: endpoint.url,
      parameters: [...endpoint.url.parameters, ...inheritedFragment(flow, endpoint), ...endpoint.requestFields],
    };
  const asked = request.status === "observed" ? request.value.redirectUri?.url : undefined;
  const last = flow.legs.findLast(
    ({ exchange }) => exchange.redirect !== undefined && exchange.type !== "fetch",
  )?.exchange;
  if (!last?.redirect || (last.status !== undefined && last.status >= 400)) return undefined;
  const isBack = asked ? isSameTarget(asked, last.redirect) : isAuthorizationResponse(last.redirect.parameters);
  return isBack ? { exchange: last, url: last.redirect, parameters: last.redirect.parameters } : undefined;
}

/**
 * The fragment of the redirect that led here. It is never sent, so records of requests lack it; only the redirect shows it.
 * @see RFC 9110 §10.2.2; OAuth 2.0 Multiple Response Type Encoding Practices §2.1
 */
function inheritedFragment(flow: Flow, { url, startedAt }: Exchange): readonly Parameter[] {
  if (url.parameters.some(({ place }) => place === "fragment")) return [];
  const named = flow.legs.findLast(
    ({ exchange: { redirect, startedAt: at } }) =>
      redirect !== undefined && at <= startedAt && isSameTarget(redirect, url),
  )?.exchange.redirect;
  return named?.parameters.filter(({ place }) => place === "fragment") ?? [];
}

function modeOf(parameters: readonly Parameter[]): AuthorizationResponseFacts["mode"] {
  const carrier = parameters.find(
    ({ name }) => name === "code" || name === "error" || name === "id_token" || name === "access_token",
  );
  if (!carrier && parameters.some(({ name }) => name === "response")) return "jarm";
  if (carrier?.place === "form") return "form_post";
  return carrier?.place === "fragment" ? "fragment" : "query";
}

const damage: Readonly<Record<string, string>> = {
  raw: "percent-encoding was not undone",
  "plus-as-space": "a plus sign was read as a space",
  "html-unescaped": "HTML escapes were left in",
  "decoded-twice": "percent-encoding was undone twice",
  "prefix-255": "it was cut after 255 characters",
  "prefix-256": "it was cut after 256 characters",
  "prefix-512": "it was cut after 512 characters",
};

/** RFC 6749 §4.1.2: `state` must come back exactly as it was sent. */
function compareState(
  request: Fact<AuthorizationRequestFacts>,
  response: readonly Parameter[],
  print: PrintParameter,
): StateComparison {
  if (request.status !== "observed") return { verdict: "cannotTell", why: "the authorization request was not seen" };
  if (request.value.hiddenBy)
    return { verdict: "cannotTell", why: `${request.value.hiddenBy} hides what the client sent` };
  if (modeOf(response) === "jarm") return { verdict: "cannotTell", why: "the response is a signed JWT" };
  const sent = request.value.parameters.find(({ name }) => name === "state");
  const received = response.find(({ name }) => name === "state");
  if (!sent && !received) return { verdict: "bothAbsent" };
  if (!received) return { verdict: "absentInResponse", ...(sent && { sent: sent.text }) };
  if (!sent) return { verdict: "absentInRequest", received: print(received) };
  const equality = compareValues(sent.value, received.value);
  switch (equality.verdict) {
    case "equal":
      return { verdict: "equal" };
    case "cannotTell":
      return { verdict: "cannotTell", why: "the two values were seen in different browser sessions or files" };
    case "different": {
      const explainedBy = equality.explainedBy && damage[equality.explainedBy];
      return {
        verdict: "different",
        sent: sent.text,
        received: print(received),
        ...(explainedBy !== undefined && { explainedBy }),
      };
    }
  }
}

/**
 * The client may redirect on its own site; its last answer there is what became of the response. One that was taken is spent: what a
 * reload of it is answered says nothing.
 */
function lastOfDelivery(legs: readonly Exchange[]): Exchange | undefined {
  const [first] = legs;
  const own = legs.filter(({ url }) => url.host === first?.url.host && url.scheme === first.url.scheme);
  const reload = own.findIndex(({ url }, index) => index > 0 && url.path === first?.url.path);
  const taken = own[reload - 1];
  const isTaken = taken?.error === undefined && (taken?.status ?? 400) < 400;
  return isTaken ? taken : own.at(-1);
}

/** Nothing listens there: the browser takes the response for an extension's `identity` API before, or while, it looks for the host. */
const isOfBrowser = ({ host }: RedactedUrl) => /\.(?:chromiumapp\.org|extensions\.allizom\.org)$/i.test(host);

const saysNothing = /^(?:none|no|null|undefined|false)$/i;

/** What the redirection endpoint made of it. */
export function deliveryFact(
  flow: Flow,
  request: Fact<AuthorizationRequestFacts>,
  response: Fact<AuthorizationResponseFacts>,
): Fact<DeliveryFacts> {
  if (response.status !== "observed") return missing("an authorization response in this trace");
  const { url } = response.value;
  const legs = flow.legs.filter(({ role }) => role === "redirection-endpoint").map(({ exchange }) => exchange);
  const exchange = lastOfDelivery(legs);
  const seen = {
    exchangeId: exchange?.id ?? response.value.exchangeId,
    role: "redirection-endpoint" as const,
    at: exchange?.startedAt ?? response.value.at,
    url,
  };
  if (!/^https?$/.test(url.scheme))
    return observed({ ...seen, outcome: { kind: "privateUseScheme", scheme: url.scheme } });
  if (!exchange) return missing("an answer of the redirection endpoint in this trace");
  const { page, status, error } = exchange;
  // Our own check takes the response from a port where nothing listens; the browser's refusal is how it works.
  const isOwnCheck = flow.legs.some((leg) => leg.exchange.purpose?.startsWith("check/"));
  if (isOwnCheck && error !== undefined) return observed({ ...seen, outcome: { kind: "answered", status: 200 } });
  const contentType = page?.contentType ?? headerOf(exchange, "content-type");
  const matches = page?.matches ?? [];
  // Whoever stands in front of the client looks at the browser first, and then lets it through.
  if (page && isBrowserCheck({ title: page.title, text: page.excerpt }))
    return missing("the client's answer behind the browser check in front of it");
  const shown = page && {
    page: {
      title: page.title,
      excerpt: page.excerpt,
      ...(page.oauthError && { oauthError: page.oauthError }),
      matches,
      judgement: judge(
        {
          where: "callback",
          oauthError: page.oauthError,
          status,
          contentType,
          matches,
          isInteraction: false,
          isErrorPage: isFailurePage({
            title: page.title,
            text: page.excerpt,
            matches,
            ...(page.structure && { structure: page.structure }),
          }),
        },
        shapeOf(request),
      ),
    },
  };
  // Round and round between client and server it may be given up on either side.
  const after = flow.legs.filter((leg) => leg.exchange.startedAt >= exchange.startedAt);
  const endless = after.map((leg) => leg.exchange.error).findLast(isEndless);
  if (endless !== undefined)
    return observed({ ...seen, outcome: { kind: "answered", status: status ?? 302, endless } });
  const onward = exchange.redirect ?? (exchange === legs[0] ? undefined : exchange.url);
  const passedOn = onward && errorOfUrl({ url: onward });
  const said = passedOn && !saysNothing.test(passedOn.error) ? { passedOn } : {};
  if (status !== undefined) return observed({ ...seen, ...shown, ...said, outcome: { kind: "answered", status } });
  // A client that takes the code and closes the tab aborts, too.
  if (error !== undefined && !isAborted(error) && !isOfBrowser(url))
    return observed({ ...seen, outcome: { kind: "unreachable", error } });
  if (error !== undefined || exchange.navigation?.how === "committed")
    return observed({
      ...seen,
      ...shown,
      outcome: { kind: "statusHidden", ...(error !== undefined && { stopped: error }) },
    });
  return flow.gaps.length > 0
    ? notObservable("capture was interrupted before the redirection endpoint answered")
    : missing("an answer of the redirection endpoint");
}
