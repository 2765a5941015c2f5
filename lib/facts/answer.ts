import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { OAuthError } from "@/lib/exchange/observation.ts";
import { clearText, findParameter } from "@/lib/exchange/print.ts";
import { parseChallenges } from "@/lib/oauth/www-authenticate.ts";
import { isErrorPage, isInteractionPage } from "@/lib/servers/judge.ts";
import type { Flow, Leg } from "@/lib/trace/flow.ts";
import { type Fact, missing, notObservable, observed } from "./fact.ts";
import type { AnswerFacts, AuthorizationRequestFacts, AuthorizationResponseFacts } from "./flow-facts.ts";
import { judge, shapeOf } from "./judge.ts";

const ownRoles = new Set(["authorization-request", "interaction", "upstream"]);

/** Every page and answer of the authorization server, and of whoever it sent the person to, that was not a redirect. */
export function answersOf(
  flow: Flow,
  request: Fact<AuthorizationRequestFacts>,
  servers: readonly string[],
): AnswerFacts[] {
  return flow.legs
    .filter(({ role, exchange }) => ownRoles.has(role) && exchange.type !== "fetch" && isAnswer(exchange))
    .map((leg) => toAnswer(leg, request, servers, isUnread(flow, leg.exchange)));
}

/**
 * The document is there and its text is still to come, or was missed: its status alone would accuse the wrong one. A text that
 * nobody could read is a gap of its own, and an attempt that has ended is judged by what there is.
 */
function isUnread(flow: Flow, exchange: Exchange): boolean {
  if (exchange.source !== "browser" || exchange.type !== "main_frame") return false;
  if (exchange.page !== undefined || exchange.error !== undefined) return false;
  // `launchWebAuthFlow` gives up on an error status before there is a tab whose text could be read.
  if (exchange.tabId === undefined) return false;
  const after = flow.gaps.filter(({ at }) => at >= exchange.startedAt);
  if (after.some(({ reason }) => passedBy.has(reason))) return true;
  const isEnded = flow.replacedAt !== undefined || flow.tabEvents.some(({ event }) => event !== "opened");
  return after.length === 0 && !isEnded;
}

/** Gaps in which a text that was there may have gone by. */
const passedBy: ReadonlySet<string> = new Set(["quota", "worker-started-late", "browser-restarted"]);

/** Chromium stops after 20 redirects, Firefox says `NS_ERROR_REDIRECT_LOOP`. */
export const isEndless = (error: string | undefined): error is string =>
  error !== undefined && /TOO_MANY_REDIRECTS|REDIRECT_LOOP/.test(error);

/** The answer came, and headers of it or of the page around forbid to show it there: a login page in a frame, say. */
const isKeptFromPage = (error: string | undefined) =>
  error !== undefined && /BLOCKED_BY_(?:RESPONSE|CSP|ORB)/.test(error);

// A redirect that the browser followed is not an answer; a 400 with a Location is.
const isRedirect = ({ status, redirect, error }: Exchange) =>
  redirect !== undefined && !isEndless(error) && (status === undefined || (status >= 300 && status < 400));
const isAnswer = (exchange: Exchange) =>
  !isRedirect(exchange) &&
  (exchange.status !== undefined || exchange.error !== undefined || exchange.page !== undefined);

function toAnswer(
  { role, exchange }: Leg,
  request: Fact<AuthorizationRequestFacts>,
  servers: readonly string[],
  isPending: boolean,
): AnswerFacts {
  const { page, status } = exchange;
  const asksPerson = asksForHttpLogin(exchange);
  // A login that the person dismissed ends as an error of the browser (ERR_INVALID_AUTH_CREDENTIALS); the server was reached.
  const endless = isEndless(exchange.error) ? exchange.error : undefined;
  // A refusal that the browser could not show (ERR_INVALID_RESPONSE of a download, a connection cut after it) is an answer too.
  const isShown = page !== undefined || exchange.navigation?.how === "committed";
  const isAnswered = status !== undefined && (status >= 400 || isShown || isKeptFromPage(exchange.error));
  const error = asksPerson || endless !== undefined || isAnswered ? undefined : exchange.error;
  const contentType = page?.contentType ?? headerOf(exchange, "content-type");
  const oauthError = page?.oauthError ?? errorOfBody(exchange) ?? errorOfUrl(exchange);
  const matches = page?.matches ?? [];
  const structure = page?.structure && {
    passwordFields: page.structure.passwordFields,
    textFields: page.structure.textFields,
    hiddenFields: page.structure.hiddenFields,
    buttons: page.structure.buttons,
    links: page.structure.links,
  };
  const shown = {
    ...(asksPerson && { asksForHttpLogin: true as const }),
    ...(status !== undefined && { status }),
    ...(contentType !== undefined && { contentType }),
    ...(structure && { structure }),
    ...(oauthError && { error: oauthError.error }),
    title: page?.title ?? "",
    text: page?.excerpt ?? "",
    matches,
  };
  const isInteraction = error === undefined && isInteractionPage(shown);
  return {
    exchangeId: exchange.id,
    role,
    at: exchange.startedAt,
    url: exchange.url,
    ...(status !== undefined && { status }),
    ...(contentType !== undefined && { contentType }),
    ...(error !== undefined && { networkError: error }),
    ...(endless !== undefined && { endless }),
    ...(page && { title: page.title, excerpt: page.excerpt }),
    ...(oauthError && { oauthError }),
    matches,
    ...(structure && { structure }),
    isInteraction,
    ...(exchange.redirect && endless === undefined && { unfollowedRedirect: exchange.redirect }),
    judgement: isPending
      ? { causes: [], certainty: "possible", basis: [] }
      : endless !== undefined
        ? { causes: ["authorization-server-error"], certainty: "likely", basis: ["redirects without end"] }
        : judge(
            {
              where: "authorize",
              oauthError,
              status,
              contentType,
              matches,
              isInteraction,
              isErrorPage: role !== "upstream" && isErrorPage(shown),
              servers,
            },
            shapeOf(request),
          ),
  };
}

/** The browser asks the person itself, or answers for them (RFC 9110 §11.6.1, RFC 4559); `Bearer` asks nobody. */
function asksForHttpLogin(exchange: Exchange): boolean {
  if (exchange.status !== 401) return false;
  const { challenges } = parseChallenges(headerOf(exchange, "www-authenticate") ?? "");
  return challenges.some(({ scheme }) => /^(?:basic|digest|negotiate|ntlm)$/i.test(scheme));
}

export const headerOf = (exchange: Exchange, name: string): string | undefined =>
  clearText(exchange.headers.find((header) => header.name.toLowerCase() === name));

/** `error` members of a JSON answer (RFC 6749 §5.2). */
export function errorOfBody({ body }: Exchange): OAuthError | undefined {
  if (body?.kind !== "fields") return undefined;
  const text = (name: string) => clearText(body.fields.find((field) => field.name === name));
  return toError(text("error"), text("error_description"));
}

/** Servers that redirect to an error page of their own put the error into its URL. */
export function errorOfUrl({ url }: Pick<Exchange, "url">): OAuthError | undefined {
  const text = (name: string) => clearText(findParameter(url, name));
  return toError(text("error"), text("error_description"));
}

const toError = (error: string | undefined, description: string | undefined): OAuthError | undefined =>
  error ? { error, ...(description !== undefined && { error_description: description }) } : undefined;

/** The answer that the attempt came to rest on. */
export function answerFact(
  flow: Flow,
  answers: readonly AnswerFacts[],
  response: Fact<AuthorizationResponseFacts>,
): Fact<AnswerFacts> {
  if (response.status === "observed") return missing("a page of the authorization server after which nothing came");
  const last = answers.at(-1);
  if (last) return observed(last);
  const leg = flow.legs.findLast(({ role }) => ownRoles.has(role));
  if (!leg) return missing("an answer of the authorization server in this trace");
  // A navigation was shown, but neither its status nor its text could be read: the host is not granted.
  return leg.exchange.navigation?.how === "committed"
    ? notObservable("the page of the authorization server: access to its site was not granted")
    : missing("an answer to the authorization request");
}
