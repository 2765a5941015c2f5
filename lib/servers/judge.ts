import {
  codeIn,
  isGeneral,
  isNamedParameter,
  isPossibleAt,
  isUnavailableStatus,
  isVague,
  withoutDefinition,
} from "./general.ts";
import { matchMessages } from "./index.ts";
import { causesOfCode, generalCodes, vaguestCode } from "./lexicon/error-codes.ts";
import type { Matcher } from "./matcher.ts";
import { askedFor, fitToRequest, type RequestShape } from "./request-shape.ts";
import { type Cause, causes as causeIds, type MessagePlace } from "./server.ts";
import { statusCauses } from "./status-causes.ts";

export { isBrowserCheck, isErrorPage, isFailurePage, isInteractionPage } from "./interaction.ts";
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
  /** It opens with an error, whatever its status, and is not what a person works with. */
  readonly isErrorPage?: boolean;
  readonly where: MessagePlace;
  /** Absent when the request was not seen or is hidden by PAR or a request object. */
  readonly request?: RequestShape;
  /** Products recognised by anything but this text: their plain wordings are trusted too. */
  readonly servers?: readonly string[];
}

interface Match {
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
  /** Of a gateway: what it says beside it is about itself. */
  gatewayStatus: 34,
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

/** One thing that was said: a text, a code, a status. */
interface Source extends Omit<Candidate, "cause"> {
  readonly basis: string;
  readonly causes: readonly Cause[];
}

const nothing: Judgement = { causes: [], certainty: "possible", basis: [] };

/** Ranks what an answer can mean. Pure; `causes` is empty for a healthy answer and for one that says nothing. */
export function judgeAnswer(asked: Answer, match: Matcher["matchMessages"] = matchMessages): Judgement {
  if (asked.isInteraction) return nothing;
  // An error response carries the authorization server's words, not the redirection endpoint's.
  const where = asked.where === "callback" && asked.error ? "authorize" : asked.where;
  const answer: Answer = { ...asked, where };
  const code = codeCauses(answer, match);
  const sources = sourcesOf(answer, code, match);
  const heard = sources.flatMap((source) => candidatesOf(source, answer));
  if (heard.length === 0) return nothing;

  const agreeing = code ? fitAll(code.causes, answer) : [];
  const scores = new Map<Cause, number>();
  const trusted = new Set<Cause>();
  for (const { cause, score, isTrusted, canAgree } of heard) {
    const place = canAgree ? agreeing.indexOf(cause) : -1;
    const total = score + (place < 0 ? 0 : Math.max(agreement - place * 2 * step, step));
    if (total > (scores.get(cause) ?? 0)) scores.set(cause, total);
    if (isTrusted || place >= 0) trusted.add(cause);
  }
  const basis = sources.map((source) => source.basis);
  for (const { cause, score, reason } of askedFor(scores, answer)) {
    scores.set(cause, Math.max(score, scores.get(cause) ?? 0));
    if (!reason) continue;
    basis.push(reason);
    trusted.add(cause);
  }
  return {
    causes: rank(scores),
    certainty: isSure(rank(scores), scores, trusted) ? "likely" : "possible",
    basis: [...new Set(basis)],
  };
}

/** Everything that was said, in whatever form. */
function sourcesOf(answer: Answer, code: Source | undefined, find: Matcher["matchMessages"]): readonly Source[] {
  const { where } = answer;
  const isRefused =
    Boolean(answer.error) || (answer.status ?? 0) >= 400 || (where === "authorize" && answer.isErrorPage === true);
  const said = withoutDefinition([...answer.matches, ...described(answer, find)]);
  const isAbout = !isRefused && where === "callback" && (answer.isErrorPage === false || isCollection(said));
  const matches = said.filter(
    (match) =>
      isRefused ||
      (!isNamedParameter(match.template) && (match.isDistinctive || !isAbout || match.template === ofClientsOnly)),
  );
  const sources: Source[] = matches.map(byStatus(answer)).map((match) => {
    const [score, isTrusted] = worthOf(match, answer);
    return {
      basis: basisOf(match),
      causes: match.means,
      // Words that many causes share say less of each.
      score: score - (match.means.length - 1) * step,
      isTrusted,
      canAgree: score >= worth.statement && match.means.length <= commonlyShared && !isOfCode(match, answer),
    };
  });
  if (code) sources.push(code);
  const status = statusCauses(
    answer,
    sources.some(({ causes }) => causes.length > 0),
  );
  if (status.length > 0)
    sources.push({
      basis: `status ${answer.status}`,
      causes: status,
      score: isUnavailableStatus(answer.status) && !answer.error ? worth.gatewayStatus : worth.status,
      isTrusted: false,
      canAgree: false,
    });
  return sources;
}

/** Words that always come with this code: it does not choose among their causes. */
const isOfCode = ({ isDistinctive, template }: Match, { error }: Answer): boolean =>
  isDistinctive && error !== undefined && template.includes(error);

/** Few pages of an application speak of a state that does not match, unless it is the one of the response. */
const ofClientsOnly = "lexicon:state+mismatch";

/** A client fails in one way; a page of it without an error status that tells of many lists failures, and reports none. */
const isCollection = (matches: readonly Match[]): boolean =>
  new Set(matches.flatMap(({ template, means }) => (isNamedParameter(template) ? [] : (means[0] ?? [])))).size >=
  manyCauses;
const manyCauses = 3;

/** A person's own refusal goes back to the client; a 403 that stays on the server is somebody else's, and no question of consent. */
const byStatus =
  ({ status, error }: Answer) =>
  (match: Match): Match =>
    status === 403 &&
    !error &&
    ((match.means[0] === "access-denied" && match.means.includes("policy-denied")) ||
      match.template.startsWith("lexicon:consent+"))
      ? { ...match, means: ["policy-denied", ...match.means.filter((cause) => cause !== "policy-denied")] }
      : match;

function candidatesOf({ causes, score, isTrusted, canAgree }: Source, answer: Answer): readonly Candidate[] {
  return causes
    .filter((cause) => isPossibleAt(cause, answer.where))
    .flatMap((cause, index) =>
      fitToRequest(cause, answer.where, answer.request).map((fitted) => ({
        cause: fitted,
        score: score - index * step,
        isTrusted,
        canAgree,
      })),
    );
}

const fitAll = (causes: readonly Cause[], { where, request }: Answer): readonly Cause[] =>
  causes.flatMap((cause) => fitToRequest(cause, where, request));

function rank(scores: ReadonlyMap<Cause, number>): readonly Cause[] {
  const causes = [...scores]
    .sort(([a, one], [b, other]) => other - one || priority(a) - priority(b))
    .map(([cause]) => cause);
  return withoutVague(causes, scores);
}

/** The first cause has a source that can be trusted, and no other comes close. */
function isSure(
  [first, second]: readonly Cause[],
  scores: ReadonlyMap<Cause, number>,
  trusted: ReadonlySet<Cause>,
): boolean {
  if (first === undefined || !trusted.has(first)) return false;
  const next = second === undefined ? 0 : (scores.get(second) ?? 0);
  return (scores.get(first) ?? 0) - next > 2 * step;
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
const described = ({ errorDescription = "", where }: Answer, find: Matcher["matchMessages"]): readonly Match[] => {
  const forms = /\s/.test(errorDescription) ? [errorDescription] : [errorDescription, asWords(errorDescription)];
  return forms.flatMap((form) => (form ? find(form, { where }) : []));
};

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

const asWords = (code: string): string =>
  code
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_.\-/:]+/g, " ");

function codeCauses({ error, where }: Answer, find: Matcher["matchMessages"]): Source | undefined {
  if (!error) return undefined;
  const basis = `the error code ${error}`;
  const known = causesOfCode(error.toLowerCase(), where);
  if (known.length > 0) {
    const score = worthOfCode(error.toLowerCase());
    return { basis, causes: known, score, isTrusted: score === worth.specificCode, canAgree: false };
  }
  // A code of the server's own, such as `invalid_redirect_url` or `ClientNotFound`, is read like a sentence.
  const [match] = find(asWords(error), { where });
  const score = match && !isGeneral(match) && !isVague(match) ? worth.wordedCode : worth.vagueCode;
  // Whatever the code means, the request was refused.
  const unread: readonly Cause[] = where === "authorize" ? ["authorization-request-invalid"] : [];
  return { basis, causes: match?.means ?? unread, score, isTrusted: false, canAgree: false };
}
