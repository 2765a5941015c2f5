import type { Cause } from "../server.ts";
import { chinese } from "./chinese.ts";
import { english } from "./english.ts";
import { errorCodes, parameterCauses, spelledCodes } from "./error-codes.ts";
import { french } from "./french.ts";
import { german } from "./german.ts";
import { italian } from "./italian.ts";
import { japanese } from "./japanese.ts";
import { korean } from "./korean.ts";
import type { Concept, Language, Predicate } from "./language.ts";
import { portuguese } from "./portuguese.ts";
import { russian } from "./russian.ts";
import { spanish } from "./spanish.ts";

/** What a word or phrase of the lexicon is. */
export type Meaning =
  | { readonly kind: "concept"; readonly concept: Concept }
  | {
      readonly kind: "predicate";
      readonly predicate: Predicate;
      readonly isAdjective: boolean;
      readonly isLeading: boolean;
    }
  | { readonly kind: "preposition" | "link" | "coordinator" | "copula" | "negator" | "guard" | "topic" }
  | { readonly kind: "phrase"; readonly phrase: string; readonly means: readonly Cause[] }
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "parameter"; readonly parameter: string; readonly means: readonly Cause[] };

export type LexiconEntry = Meaning & { readonly text: string };

const languages: readonly Language[] = [
  english,
  german,
  japanese,
  french,
  spanish,
  portuguese,
  italian,
  russian,
  chinese,
  korean,
];

/** All words of all languages at once: which language a page is in need not be known. */
export function lexiconEntries(): readonly LexiconEntry[] {
  const entries = new Map<string, LexiconEntry>();
  const add = (entry: LexiconEntry): void => {
    const what = entry.kind === "concept" ? entry.concept : entry.kind === "predicate" ? entry.predicate : "";
    const key = `${entry.kind} ${what} ${entry.text}`;
    if (!entries.has(key)) entries.set(key, entry);
  };
  for (const language of languages) addLanguage(language, add);
  for (const code of errorCodes) add({ kind: "code", text: code, code });
  for (const code of spelledCodes) add({ kind: "code", text: code.replaceAll("_", " "), code });
  for (const [parameter, means] of Object.entries(parameterCauses)) {
    add({ kind: "parameter", text: parameter, parameter, means });
  }
  return [...entries.values()];
}

function addLanguage(language: Language, add: (entry: LexiconEntry) => void): void {
  for (const [concept, texts] of Object.entries(language.concepts) as [Concept, readonly string[]][]) {
    for (const text of texts) add({ kind: "concept", text, concept });
  }
  for (const isAdjective of [false, true]) {
    const said = isAdjective ? language.adjectives : language.predicates;
    for (const [predicate, texts] of Object.entries(said ?? {}) as [Predicate, readonly string[]][]) {
      for (const text of texts) {
        const isLeading = language.leading?.includes(text) === true;
        add({ kind: "predicate", text, predicate, isAdjective: isLeading || isAdjective, isLeading });
      }
    }
  }
  for (const [kind, texts] of [
    ["preposition", language.prepositions],
    ["link", language.links],
    ["coordinator", language.coordinators],
    ["copula", language.copulas],
    ["negator", language.negators],
    ["guard", language.guards],
    ["topic", language.topics],
  ] as const) {
    for (const text of texts ?? []) add({ kind, text });
  }
  for (const { text, means } of language.phrases ?? []) add({ kind: "phrase", text, phrase: text, means });
}
