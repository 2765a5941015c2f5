import { codeIn, isGeneral, isNamedParameter, isPossibleAt, isVague } from "./general.ts";
import { matchMessages } from "./index.ts";
import { causesOfCode, generalCodes, vaguestCode } from "./lexicon/error-codes.ts";
import type { Matcher } from "./matcher.ts";
import { askedFor, fitToRequest, type RequestShape } from "./request-shape.ts";
import { type Cause, causes as causeIds, type MessagePlace } from "./server.ts";

export { isInteractionPage } from "./interaction.ts";
export type { RequestShape };

/** What was said at one place, and what is known of the request it answers. */
export interface Answer {
  /** The `error` member or parameter (RFC 6749 §4.1.2.1, §5.2; RFC 7591 §3.2.2). */
  readonly error?: string;
  readonly errorDescription?: string;
  readonly status?: number;
  readonly contentType?: string;
  readonly matches: readonly Match[];
  readonly isInteraction: boolean;
  readonly where: MessagePlace;
  /** Absent when the request was not seen or is hidden by PAR or a request object. */
  readonly request?: RequestShape;
  /** Products recognised by anything but this text: their plain wordings are trusted too. */
  readonly servers?: readonly string[];
}

export interface Match {
  readonly server?: string | undefined;
  readonly template: string;
  readonly means: readonly Cause[];
  readonly isDistinctive: boolean;
}

export interface Judgement {
  /** Most likely first; empty when nothing failed. */
  readonly causes: readonly Cause[];
  /** Text alone is never proof. `possible`: causes share the words, or only the lexicon or the status spoke. */
  readonly certainty: "likely" | "possible";
  readonly basis: string[];
}

/** How much each source is worth; what is in the URL is applied on top by `fitToRequest` and `askedFor`. */
const worth = {
  distinctive: 60,
  specificCode: 50,
  wordedCode: 44,
  template: 40,
  statement: 32,
  vagueTemplate: 28,
  codeInText: 26,
  namedParameter: 20,
  generalCode: 22,
  vagueCode: 12,
  generalCodeInText: 10,
  generalStatement: 9,
  status: 5,
} as const;
const agreement = 20;
/** Words that mean more causes than this say nothing that the code does not. */
const commonlyShared = 3;
/** Every further cause that a source lists is worth less than the one before it. */
const step = 3;

interface Candidate {
  readonly cause: Cause;
  readonly score: number;
  readonly isTrusted: boolean;
  /** An error code that agrees makes it stronger. */
  readonly canAgree: boolean;
}

const nothing: Judgement = { causes: [], certainty: "possible", basis: [] };

/** Ranks what an answer can mean. Pure; `causes` is empty for a healthy answer and for one that says nothing. */
export function judgeAnswer(asked: Answer, match: Matcher["matchMessages"] = matchMessages): Judgement {
  if (asked.isInteraction) return nothing;
  // An error response carries the authorization server's words, not the redirection endpoint's.
  const where = asked.where === "callback" && asked.error ? "authorize" : asked.where;
  const answer: Answer = { ...asked, where };
  const basis: string[] = [];
  const heard: Candidate[] = [];
  const say = (causes: readonly Cause[], score: number, isTrusted: boolean, canAgree = false): void => {
    const possible = causes.filter((cause) => isPossibleAt(cause, where));
    possible.forEach((cause, index) => {
      for (const fitted of fitToRequest(cause, where, answer.request)) {
        heard.push({ cause: fitted, score: score - index * step, isTrusted, canAgree });
      }
    });
  };

  const isRefused = Boolean(answer.error) || (answer.status ?? 0) >= 400;
  const matches = [...answer.matches, ...described(answer, match)].filter(
    ({ template }) => isRefused || !isNamedParameter(template),
  );
  for (const said of matches) {
    const [score, isTrusted] = worthOf(said, answer);
    basis.push(basisOf(said));
    // Words that many causes share say less of each.
    const canAgree = score >= worth.statement && said.means.length <= commonlyShared;
    say(said.means, score - (said.means.length - 1) * step, isTrusted, canAgree);
  }
  const ofCode = codeCauses(answer, match);
  if (answer.error !== undefined && answer.error !== "") {
    basis.push(`the error code ${answer.error}`);
    say(ofCode.causes, ofCode.score, ofCode.score === worth.specificCode);
  }
  const ofStatus = statusCauses(answer, matches.length > 0 || ofCode.causes.length > 0);
  if (ofStatus.length > 0) {
    basis.push(`status ${answer.status}`);
    say(ofStatus, worth.status, false);
  }
  if (heard.length === 0) return nothing;

  const fittedCode = ofCode.causes.flatMap((cause) => fitToRequest(cause, where, answer.request));
  const scores = new Map<Cause, number>();
  const trusted = new Set<Cause>();
  for (const { cause, score, isTrusted, canAgree } of heard) {
    const place = fittedCode.indexOf(cause);
    const isAgreed = canAgree && place >= 0;
    const total = score + (isAgreed ? Math.max(agreement - place * 2 * step, step) : 0);
    if (total > (scores.get(cause) ?? 0)) scores.set(cause, total);
    if (isTrusted || isAgreed) trusted.add(cause);
  }
  for (const { cause, score, reason } of askedFor(scores, answer)) {
    scores.set(cause, Math.max(score, scores.get(cause) ?? 0));
    if (reason) {
      basis.push(reason);
      trusted.add(cause);
    }
  }
  const causes = [...scores]
    .sort(([a, one], [b, other]) => other - one || priority(a) - priority(b))
    .map(([cause]) => cause);
  const [first, second] = causes;
  const lead =
    first === undefined ? 0 : (scores.get(first) ?? 0) - (second === undefined ? 0 : (scores.get(second) ?? 0));
  const isLikely = first !== undefined && trusted.has(first) && lead > 2 * step;
  return {
    causes: withoutVague(causes, scores),
    certainty: isLikely ? "likely" : "possible",
    basis: [...new Set(basis)],
  };
}

/** Where the evidence is equal, the commoner cause first: the order of the vocabulary. */
const priority = (cause: Cause): number => causeIds.indexOf(cause);

/** Once something definite was said, "the request is invalid" and the status add nothing. */
function withoutVague(causes: readonly Cause[], scores: ReadonlyMap<Cause, number>): readonly Cause[] {
  const best = scores.get(causes[0] ?? "authorization-request-invalid") ?? 0;
  return best < worth.codeInText - 2 * step
    ? causes
    : causes.filter((cause) => (scores.get(cause) ?? 0) > worth.vagueCode);
}

/** The description carries the same texts as pages do, and here the place is known. */
const described = ({ errorDescription, where }: Answer, find: Matcher["matchMessages"]): readonly Match[] =>
  errorDescription ? find(errorDescription, { where }) : [];

function worthOf(match: Match, { servers, matches }: Answer): readonly [score: number, isTrusted: boolean] {
  if (match.isDistinctive && !isVague(match)) return [worth.distinctive, true];
  if (match.server !== undefined) {
    const isRecognised =
      servers?.includes(match.server) === true ||
      matches.some((other) => other.isDistinctive && other.server === match.server);
    if (isVague(match)) return [worth.vagueTemplate, false];
    return isRecognised ? [worth.distinctive - step, true] : [worth.template, false];
  }
  const code = codeIn(match.template);
  if (code !== undefined) return [generalCodes.has(code) ? worth.generalCodeInText : worth.codeInText, false];
  if (isNamedParameter(match.template)) return [worth.namedParameter, false];
  return [isGeneral(match) ? worth.generalStatement : worth.statement, false];
}

function basisOf(match: Match): string {
  if (match.server !== undefined) return `the text of ${match.server}: ${match.template}`;
  const code = codeIn(match.template);
  return code === undefined
    ? `the words: ${match.template.slice("lexicon:".length)}`
    : `the error code ${code} in the text`;
}

const worthOfCode = (code: string): number =>
  code === vaguestCode ? worth.vagueCode : generalCodes.has(code) ? worth.generalCode : worth.specificCode;

function codeCauses(
  { error, where }: Answer,
  find: Matcher["matchMessages"],
): { readonly causes: readonly Cause[]; readonly score: number } {
  if (!error) return { causes: [], score: 0 };
  const known = causesOfCode(error.toLowerCase(), where);
  if (known.length > 0) {
    return { causes: known, score: worthOfCode(error.toLowerCase()) };
  }
  // A code of the server's own, such as `invalid_redirect_url` or `ClientNotFound`, is read like a sentence.
  const words = error
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_.\-/:]+/g, " ")
    .slice(0, 200);
  const [match] = find(words, { where });
  return match
    ? { causes: match.means, score: isGeneral(match) ? worth.vagueCode : worth.wordedCode }
    : { causes: [], score: 0 };
}

function statusCauses({ status, where, matches }: Answer, hasSaid: boolean): readonly Cause[] {
  if (status === undefined || status < 400) return [];
  if (status === 429 || (status >= 502 && status <= 504)) return ["authorization-server-unavailable"];
  if (where === "callback") return hasSaid ? [] : ["callback-failed"];
  if (where === "registration") {
    if (status >= 500 && status !== 501) return ["authorization-server-error"];
    return [401, 403, 404, 405, 501].includes(status) ? ["registration-not-open"] : ["registration-rejected"];
  }
  if (status >= 500) return ["authorization-server-error"];
  if (where === "token") return status === 401 ? ["client-authentication-failed"] : [];
  if (hasSaid && matches.length > 0) return [];
  if (status === 404 || status === 405 || status === 410) return ["authorization-endpoint-not-found", "unknown-client"];
  if (status === 403) return ["policy-denied", "client-not-allowed", "authorization-request-invalid"];
  return ["authorization-request-invalid"];
}
