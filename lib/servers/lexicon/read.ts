import type { Pattern } from "../knowledge.ts";
import type { FoundMessage } from "../matcher.ts";
import type { Cause, MessagePlace } from "../server.ts";
import type { Tokens } from "../tokens.ts";
import type { WordHits } from "../word-hits.ts";
import type { LexiconEntry } from "./entries.ts";
import { causesOfCode } from "./error-codes.ts";
import { readSentence, type Word } from "./sentence.ts";

/** More codes than one answer can mean: the page documents errors, it does not report one. */
const documentedCodes = 4;
/** A page that lists the whole request names every parameter and accuses none. */
const accusedParameters = 2;
const mostStatements = 40;
const mostWordsInSentence = 64;
const mostSentences = 2_000;

/** What the lexicon reads in a text: error codes, named parameters, and statements sentence by sentence. */
export function readLexicon(
  hits: WordHits,
  patterns: readonly Pattern[],
  tokens: Tokens,
  where: MessagePlace,
): readonly FoundMessage[] {
  const found: FoundMessage[] = [];
  const add = (template: string, means: readonly Cause[], first: number, last: number): void => {
    if (means.length === 0 || found.length >= mostStatements) return;
    found.push({
      template,
      means,
      isDistinctive: false,
      start: tokens.starts[first] ?? 0,
      end: tokens.ends[last] ?? 0,
    });
  };
  const entryOf = (hit: number): LexiconEntry | undefined => {
    const pattern = patterns[hits.pattern(hit)];
    return pattern?.kind === "word" ? pattern.entry : undefined;
  };

  const guarded = new Set<number>();
  for (let hit = 0; hit < hits.count; hit += 1) {
    if (entryOf(hit)?.kind === "guard") guarded.add(tokens.sentences[hits.first(hit)] ?? 0);
  }
  const mentioned = new Set<string>();
  const codes = new Map<string, number>();
  const parameters = new Map<string, number>();
  const saying = new Set<number>();
  for (let hit = 0; hit < hits.count; hit += 1) {
    const entry = entryOf(hit);
    if (entry?.kind === "code") mentioned.add(entry.code);
    if (guarded.has(tokens.sentences[hits.first(hit)] ?? 0)) continue;
    if (entry?.kind === "code" && !codes.has(entry.code)) codes.set(entry.code, hit);
    else if (entry?.kind === "parameter" && !parameters.has(entry.parameter)) parameters.set(entry.parameter, hit);
    else if (entry?.kind === "predicate" || entry?.kind === "phrase") {
      if (saying.size < mostSentences) saying.add(tokens.sentences[hits.first(hit)] ?? 0);
    }
  }
  if (mentioned.size >= documentedCodes) return [];
  for (const [code, hit] of codes) {
    add(`lexicon:error-code+${code}`, causesOfCode(code, where), hits.first(hit), hits.last(hit));
  }
  if (parameters.size <= accusedParameters) {
    for (const [parameter, hit] of parameters) {
      const entry = entryOf(hit);
      if (entry?.kind === "parameter")
        add(`lexicon:parameter+${parameter}`, entry.means, hits.first(hit), hits.last(hit));
    }
  }
  for (const words of sentencesOf(hits, entryOf, saying, tokens)) {
    if (found.length >= mostStatements) break;
    for (const { template, means, first, last } of readSentence(words, where)) add(template, means, first, last);
  }
  return found;
}

/** The words of each sentence that says something, in order. */
function sentencesOf(
  hits: WordHits,
  entryOf: (hit: number) => LexiconEntry | undefined,
  saying: ReadonlySet<number>,
  tokens: Tokens,
): Iterable<readonly Word[]> {
  const sentences = new Map<number, Word[]>();
  for (let hit = 0; hit < hits.count; hit += 1) {
    const first = hits.first(hit);
    const last = hits.last(hit);
    const sentence = tokens.sentences[first] ?? 0;
    if (!saying.has(sentence) || tokens.sentences[last] !== sentence || tokens.questions.has(sentence)) continue;
    const entry = entryOf(hit);
    if (!entry || entry.kind === "parameter") continue;
    let words = sentences.get(sentence);
    if (!words) {
      words = [];
      sentences.set(sentence, words);
    }
    if (words.length < mostWordsInSentence) words.push({ ...entry, first, last });
  }
  return sentences.values();
}
