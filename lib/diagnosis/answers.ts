import type { MessageMatch, OAuthError } from "@/lib/exchange/observation.ts";
import { originOf, printLocation } from "@/lib/exchange/print.ts";
import type { FlowFacts, Judgement, SeenIn } from "@/lib/facts/flow-facts.ts";
import type { Cause } from "@/lib/servers/server.ts";
import { rivalsOf, separatedBy } from "./rivals.ts";
import { cannotTell, type Evidence, fail, notApplicable, type Outcome, pass } from "./rule.ts";
import { quote, sayError } from "./words.ts";

/** An answer of the attempt that was judged, whichever leg it came on. */
export interface JudgedAnswer {
  readonly leg: "authorization" | "response" | "delivery" | "token" | "registration";
  /** Who said it: a host, `the token endpoint`. */
  readonly who: string;
  /** What it did, as the sentence goes on: `answered 400 with "Client not found."`. */
  readonly did: string;
  readonly status?: number;
  readonly error?: OAuthError;
  readonly judgement: Judgement;
  readonly evidence: Evidence;
}

export type AnswerNeeds = "answer" | "response" | "delivery" | "tokens" | "registration";

/** The judged answers among the facts given, in the order of an attempt. */
export function judgedAnswers(facts: Partial<Pick<FlowFacts, AnswerNeeds>>): readonly JudgedAnswer[] {
  const { answer, response, delivery, tokens, registration } = facts;
  const found: JudgedAnswer[] = [];
  if (registration?.status === "observed") {
    const value = registration.value;
    found.push({
      leg: "registration",
      who: "the registration endpoint",
      did: answered(value, value.response.length > 0),
      ...common(value),
      evidence: { ...seen(value), part: "response", ...spoken(value) },
    });
  }
  // What an upstream authorization server says is about its own client, not about this one.
  if (answer?.status === "observed" && answer.value.role !== "upstream") {
    const value = answer.value;
    found.push({
      leg: "authorization",
      who: value.url.host || originOf(value.url),
      did: answered(value),
      ...common(value),
      evidence: { ...seen(value), part: value.excerpt === undefined ? "response" : "page", ...spoken(value) },
    });
  }
  if (response?.status === "observed") {
    const value = response.value;
    found.push({
      leg: "response",
      who: "the authorization server",
      did: `sent the browser back with ${value.error ? sayError(value.error) : value.hasCode ? "a code" : "neither code nor error"}`,
      // Without an error its judgement is that of the page it led to, which is judged by itself.
      judgement: value.error ? value.judgement : nothing,
      ...(value.error && { error: value.error }),
      evidence: {
        ...seen(value),
        part: "response",
        where: `${value.mode} of the authorization response`,
        says: value.error ? sayError(value.error) : "no error",
      },
    });
  }
  if (delivery?.status === "observed" && delivery.value.page) {
    const { page, outcome, url } = delivery.value;
    const status = outcome.kind === "answered" ? outcome.status : undefined;
    const value = { ...page, ...(status !== undefined && { status }) };
    found.push({
      leg: "delivery",
      who: `the redirection endpoint ${printLocation(url)}`,
      did: answered(value),
      ...common(value),
      evidence: { ...seen(delivery.value), part: "delivery", ...spoken(value) },
    });
  }
  if (tokens?.status === "observed") {
    for (const value of tokens.value) {
      found.push({
        leg: "token",
        who: "the token endpoint",
        did: answered(value, value.response !== undefined || value.problem !== undefined),
        ...common(value),
        evidence: { ...seen(value), part: "response", ...spoken(value) },
      });
    }
  }
  return found;
}

const nothing: Judgement = { causes: [], certainty: "possible", basis: [] };

/** Refusals that say nothing about the request itself. */
const notOfTheRequest: ReadonlySet<Cause> = new Set([
  "access-denied",
  "interaction-required",
  "policy-denied",
  "transaction-lost",
  "session-cookie-refused",
  "upstream-authorization-failed",
  "authorization-server-error",
  "authorization-server-unavailable",
  "authorization-endpoint-not-found",
]);

/** The answer by which the authorization server refused the request for what it is. */
export function findRefusal(facts: Partial<Pick<FlowFacts, "answer" | "response">>): JudgedAnswer | undefined {
  return judgedAnswers(facts).find(({ judgement }) => {
    const cause = judgement.causes[0];
    return cause !== undefined && !notOfTheRequest.has(cause);
  });
}

/** What a rule makes of an answer that its cause explains best. */
export interface Told {
  readonly summary: string;
  /** Beside the answer itself; one of them may be primary in its place. */
  readonly evidence?: readonly Evidence[];
  /** Only with a contradiction beside the answer; then no rival is left. */
  readonly isProven?: boolean;
}

/**
 * The outcome of a rule that rests on a judged answer: fails when the cause explains an answer best, cannot tell when
 * others explain the same words better, passes when the answers say something else. Several causes when the request
 * shows that they come to the same.
 */
export function checkJudged(
  cause: Cause | readonly [Cause, ...Cause[]],
  facts: Partial<Pick<FlowFacts, AnswerNeeds>>,
  tell: (answer: JudgedAnswer) => Told,
): Outcome {
  const own: readonly [Cause, ...Cause[]] = typeof cause === "string" ? [cause] : cause;
  const found = findJudged(own, facts);
  if (found) return failJudged(found, tell(found));
  const answers = judgedAnswers(facts);
  const shared = answers.find((answer) => own.some((one) => answer.judgement.causes.includes(one)));
  if (shared) return cannotTell(`The words ${shared.evidence.says} have several causes.`, separatedBy(own[0]));
  return answers.length > 0 ? pass() : notApplicable(nothingJudged(facts));
}

/** The first answer that one of these causes explains best. */
export function findJudged(
  causes: readonly Cause[],
  facts: Partial<Pick<FlowFacts, AnswerNeeds>>,
): JudgedAnswer | undefined {
  return judgedAnswers(facts).find(
    ({
      judgement: {
        causes: [first],
      },
    }) => first !== undefined && causes.includes(first),
  );
}

/** A failure that rests on a judged answer: as certain as its words, unless the rule saw what contradicts it. */
export function failJudged(answer: JudgedAnswer, told: Told): Outcome {
  const beside = told.evidence ?? [];
  const isPrimary = !beside.some((item) => item.isPrimary);
  // A contradiction proves what a refusal means, not that a page is one: general words without an error status may be help.
  const { error, status = 0, judgement } = answer;
  const isProven = told.isProven === true && (error !== undefined || status >= 400 || judgement.certainty === "likely");
  return fail({
    summary: told.summary.replace(/(^|\. )the (?=authorization|token|registration|redirection)/g, "$1The "),
    certainty: isProven ? "proven" : judgement.certainty,
    evidence: [{ ...answer.evidence, ...(isPrimary && { isPrimary }) }, ...beside],
    ...(!isProven && { rivals: rivalsOf(judgement.causes) }),
  });
}

/** Why there is nothing to judge: what was looked at, or why it cannot be seen. */
function nothingJudged(facts: Partial<Pick<FlowFacts, AnswerNeeds>>): string {
  for (const fact of Object.values(facts)) {
    if (typeof fact === "object" && "status" in fact) {
      if (fact.status === "missing") return fact.looked;
      if (fact.status === "notObservable") return fact.why;
    }
  }
  return "no answer was refused";
}

interface Spoken {
  readonly status?: number;
  readonly networkError?: string;
  readonly endless?: string;
  readonly title?: string;
  readonly excerpt?: string;
  readonly error?: OAuthError;
  readonly oauthError?: OAuthError;
  readonly matches: readonly MessageMatch[];
  readonly judgement: Judgement;
}

const errorOf = (value: Spoken): OAuthError | undefined => value.error ?? value.oauthError;

function common(value: Spoken): Pick<JudgedAnswer, "status" | "error" | "judgement"> {
  const error = errorOf(value);
  return {
    judgement: value.judgement,
    ...(value.status !== undefined && { status: value.status }),
    ...(error && { error }),
  };
}

function seen(value: SeenIn): Pick<Evidence, "exchangeId" | "role"> {
  return { exchangeId: value.exchangeId, role: value.role };
}

/** Of what a page asks for, the browser shows extensions the status and no text. */
function answered(value: Spoken, isRead = true): string {
  if (value.networkError !== undefined) return `could not be reached (${value.networkError})`;
  if (value.endless !== undefined) return `redirected the browser until it gave up (${value.endless})`;
  const status = value.status === undefined ? "answered" : `answered ${value.status}`;
  const words = wordsOf(value);
  return words === undefined
    ? `${status}${value.status === undefined ? "" : isRead ? " without a text" : ", with a text that was not seen"}`
    : `${status} with ${words.says}`;
}

function spoken(value: Spoken): Pick<Evidence, "where" | "says"> {
  const failed = value.networkError ?? value.endless;
  if (failed !== undefined) return { where: "network error", says: failed };
  return wordsOf(value) ?? { where: "status", says: value.status === undefined ? "unknown" : String(value.status) };
}

/** The most telling words: a described error, those that a template matched for the first cause, else what there is. */
function wordsOf(value: Spoken): Pick<Evidence, "where" | "says"> | undefined {
  const error = errorOf(value);
  if (error?.error_description !== undefined) return { where: "error", says: sayError(error) };
  const cause = value.judgement.causes[0];
  const match = value.matches.find((candidate) => cause !== undefined && candidate.means.includes(cause));
  // The body of a JSON answer is no sentence; its error code says the same better.
  if (match && !(error && match.quote.startsWith("{"))) return { where: "text", says: quote(match.quote) };
  if (error) return { where: "error", says: sayError(error) };
  const text = value.excerpt?.trim() || value.title?.trim();
  return text ? { where: value.excerpt?.trim() ? "page text" : "page title", says: quote(text) } : undefined;
}
