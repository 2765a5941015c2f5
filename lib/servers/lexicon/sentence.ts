import type { Cause, MessagePlace } from "../server.ts";
import type { Meaning } from "./entries.ts";
import type { Concept, Predicate } from "./language.ts";
import { meaningOf } from "./meanings.ts";

/** A word or phrase of the lexicon found in a text; `first` and `last` count words of the text. */
export type Word = Meaning & { readonly first: number; readonly last: number };

type Found<Kind extends Word["kind"]> = Extract<Word, { kind: Kind }>;
type ConceptWord = Found<"concept">;
type PredicateWord = Found<"predicate">;

export interface Statement {
  readonly template: string;
  readonly means: readonly Cause[];
  readonly first: number;
  readonly last: number;
}

const reachForward = 5;
const reachBack = 25;
/** "You are not authorized" is about the person; "the application you tried is not authorized" is not. */
const reachOf = (concept: Concept): number => (concept === "user" ? 4 : reachBack);

/** What one sentence says: every predicate is attached to the concept it is said of, or to none. */
export function readSentence(hits: readonly Word[], where: MessagePlace): readonly Statement[] {
  const words = withoutEchoedCodes(withoutContained(hits));
  const phrases = words.filter((word): word is Found<"phrase"> => word.kind === "phrase");
  const statements: Statement[] = phrases.map((phrase) => ({
    template: `lexicon:${phrase.phrase}`,
    means: phrase.means,
    first: phrase.first,
    last: phrase.last,
  }));
  for (const word of words) {
    if (word.kind !== "predicate" || isNegated(word, words)) continue;
    if (phrases.some((phrase) => phrase.first <= word.first && phrase.last >= word.last)) continue;
    const statement = stateOf(word, words, where);
    if (statement) statements.push(statement);
  }
  return statements;
}

function stateOf(predicate: PredicateWord, words: readonly Word[], where: MessagePlace): Statement | undefined {
  for (const concept of subjectsOf(predicate, words)) {
    const joined = [concept, ...joinedWith(concept, words)].sort((one, other) => one.first - other.first);
    const means = [...new Set(joined.flatMap((each) => meaningOf(each.concept, predicate.predicate, where) ?? []))];
    if (means.length === 0) continue;
    const span = [...joined, predicate];
    return {
      template: `lexicon:${[...new Set(joined.map((each) => each.concept))].join("|")}+${predicate.predicate}`,
      means,
      first: Math.min(...span.map((each) => each.first)),
      last: Math.max(...span.map((each) => each.last)),
    };
  }
  return undefined;
}

/** Parameters and their values; whoever sends, serves or approves them only carries them. */
const carried: ReadonlySet<Concept> = new Set<Concept>([
  "redirect",
  "scope",
  "pkce",
  "pkce-method",
  "response-type",
  "response-mode",
  "grant-type",
  "resource-indicator",
  "nonce",
]);
const carriers: ReadonlySet<Concept> = new Set<Concept>(["client", "client-id", "user", "server", "request"]);
const forwardToo: ReadonlySet<Predicate> = new Set<Predicate>([
  "unknown",
  "unregistered",
  "mismatch",
  "invalid",
  "malformed",
  "unsupported",
]);
const withObject: ReadonlySet<Predicate> = new Set<Predicate>(["forbidden", "unsupported", "unregistered"]);

/** Concepts the predicate may be said of, best first. */
function subjectsOf(predicate: PredicateWord, words: readonly Word[]): readonly ConceptWord[] {
  const concepts = words.filter((word): word is ConceptWord => word.kind === "concept");
  const later = concepts.filter(
    (word) => word.first > predicate.last && word.first - predicate.last <= 2 * reachForward,
  );
  const after = later.filter(
    (word) => word.first - predicate.last <= reachForward && !isParted(predicate.last, word.first, words),
  );
  const overlapping = concepts.filter((word) => word.last >= predicate.first && word.first <= predicate.last);
  const forward = specificFirst(after);
  if (predicate.isLeading) return [...overlapping, ...forward];
  const before = concepts
    .filter((word) => word.last < predicate.first && predicate.first - word.last <= reachOf(word.concept))
    .reverse();
  const subjects = before.filter((word) => !isAttribute(word, words));
  const backward = [
    ...before.filter((word) => isTopic(word, words)),
    ...subjects.filter((word) => carried.has(word.concept)),
    ...subjects,
    ...before,
  ];
  if (predicate.isAdjective && subjects.length > 0 && isPredicative(predicate, words))
    return [...overlapping, ...backward, ...forward];
  if (predicate.isAdjective) return [...overlapping, ...forward, ...backward];
  const [subject] = backward;
  // "This client is not allowed to use the redirect URI": the object is what is refused.
  const objects =
    subject && carriers.has(subject.concept) && withObject.has(predicate.predicate)
      ? later.filter((word) => carried.has(word.concept))
      : [];
  const loose = predicate.predicate === "failed" ? later : [];
  const ahead = forwardToo.has(predicate.predicate) ? forward : [];
  return [...overlapping, ...objects, ...backward, ...ahead, ...loose];
}

/** "Is missing" and "is expecting" have an object; "is invalid" says it of what stands before. */
const ofSubject: ReadonlySet<Predicate> = new Set<Predicate>(["unknown", "unregistered", "invalid", "malformed"]);
const isPredicative = ({ predicate, first }: PredicateWord, words: readonly Word[]): boolean =>
  ofSubject.has(predicate) && words.some((word) => word.kind === "copula" && word.last === first - 1);

/** "Missing parameter: client_id" is about the client ID, not about parameters. */
const specificFirst = (concepts: readonly ConceptWord[]): readonly ConceptWord[] => [
  ...concepts.filter((word) => word.concept !== "request" && word.concept !== "server"),
  ...concepts.filter((word) => word.concept === "request" || word.concept === "server"),
];

const isParted = (from: number, to: number, words: readonly Word[]): boolean =>
  words.some((word) => {
    if (word.first <= from || word.last >= to) return false;
    // "missing required parameter": the second says of the noun what the first says.
    return word.kind === "preposition" || (word.kind === "predicate" && word.predicate !== "missing");
  });

/** "for this client": a preposition stands at most three words before it, with no other concept between. */
const isAttribute = (concept: ConceptWord, words: readonly Word[]): boolean =>
  words.some(
    (word) =>
      word.kind === "preposition" &&
      word.last < concept.first &&
      concept.first - word.last <= 3 &&
      !words.some((other) => other.kind === "concept" && other.first > word.last && other.last < concept.first),
  );

/** Followed by a topic or subject particle (Japanese は, が). */
const isTopic = (concept: ConceptWord, words: readonly Word[]): boolean =>
  words.some((word) => word.kind === "topic" && word.first > concept.last && word.first - concept.last <= 3);

const isNegated = (predicate: PredicateWord, words: readonly Word[]): boolean =>
  words.some((word) => word.kind === "negator" && word.last === predicate.first - 1);

function joinedWith(concept: ConceptWord, words: readonly Word[]): readonly ConceptWord[] {
  return words.filter((other): other is ConceptWord => {
    if (other.kind !== "concept" || other === concept || other.concept === concept.concept) return false;
    const [left, right] = other.first > concept.last ? [concept, other] : [other, concept];
    if (right.first - left.last > 4) return false;
    return words.some((word) => word.kind === "coordinator" && word.first > left.last && word.last < right.first);
  });
}

/**
 * "Invalid client: redirect_uri does not match": the words of the general code before the colon say no more than the
 * code. In "invalid client ID" they belong to a longer noun and are no echo.
 */
function withoutEchoedCodes(words: readonly Word[]): readonly Word[] {
  const echoes = words.filter(
    (word) =>
      word.kind === "code" &&
      !words.some((other) => other.kind === "concept" && other.first <= word.last && other.last > word.last),
  );
  if (echoes.length === 0) return words;
  return words.filter(
    (word) =>
      (word.kind !== "predicate" && word.kind !== "concept") ||
      !echoes.some((echo) => echo.first <= word.first && echo.last >= word.last),
  );
}

/** Longest first: "client" inside "client ID" and "valid" inside "not valid" are not meant. */
function withoutContained(words: readonly Word[]): readonly Word[] {
  const competes = (word: Word, other: Word): boolean =>
    word.kind === other.kind ||
    (word.kind === "negator" && other.kind === "predicate") ||
    (word.kind === "preposition" && other.kind === "link") ||
    (word.kind === "concept" && other.kind === "predicate");
  return words.filter(
    (word) =>
      !words.some(
        (other) =>
          other !== word &&
          competes(word, other) &&
          other.first <= word.first &&
          other.last >= word.last &&
          other.last - other.first > word.last - word.first,
      ),
  );
}
