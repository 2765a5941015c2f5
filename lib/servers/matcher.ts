import { Automaton } from "./automaton.ts";
import { english } from "./lexicon/english.ts";
import { causesOfCode, errorCodes, parameterCauses, spelledCodes } from "./lexicon/error-codes.ts";
import { german } from "./lexicon/german.ts";
import { japanese } from "./lexicon/japanese.ts";
import type { Concept, Language, Predicate } from "./lexicon/language.ts";
import { readSentence, type Word } from "./lexicon/sentence.ts";
import type { Cause, MessagePlace, MessageTemplate, Server } from "./server.ts";
import { type Tokens, tokenise, Vocabulary } from "./tokens.ts";

/** A phrase of a text that a template or the lexicon recognised; `start` and `end` index into the text. */
export interface FoundMessage {
  /** Absent when the general lexicon matched. */
  readonly server?: string;
  readonly template: string;
  readonly means: readonly Cause[];
  readonly isDistinctive: boolean;
  readonly start: number;
  readonly end: number;
}

export interface Matcher {
  matchMessages(text: string, options: { readonly where?: MessagePlace }): readonly FoundMessage[];
  recognisePage(page: { readonly text: string; readonly title: string }): readonly string[];
}

interface Template {
  readonly server: string;
  readonly message: MessageTemplate;
  readonly pieces: number;
}

/** One literal run of a template or page fingerprint, or one word of the lexicon. */
type Pattern =
  | { readonly kind: "piece"; readonly template: number; readonly piece: number }
  | { readonly kind: "page"; readonly server: string; readonly text: string; readonly weight: number }
  | { readonly kind: "word"; readonly make: (first: number, last: number) => Word };

type Span = { readonly first: number; readonly start: number; readonly end: number; readonly line: number };

const placeholder = /\{[^{}]*\}/;
const placeholderReach = 200;
const languages: readonly Language[] = [english, german, japanese];
/** More codes than one answer can mean: the page documents errors, it does not report one. */
const documentedCodes = 4;
const namedParameters = 2;
const maximumStatements = 40;
const maximumPerTemplate = 3;

/** Compiles the templates, page fingerprints and the lexicon into one automaton. */
export function createMatcher(servers: readonly Server[]): Matcher {
  const vocabulary = new Vocabulary();
  const patterns: Pattern[] = [];
  const sequences: number[][] = [];
  const templates: Template[] = [];
  const learn = (text: string): number[] => {
    const numbers: number[] = [];
    tokenise(text, (whole, start, end) => {
      numbers.push(
        vocabulary.add(
          whole
            .slice(start, end)
            .toLowerCase()
            .replace(/['’‘＇]/g, ""),
        ),
      );
      return 0;
    });
    return numbers;
  };
  const add = (text: string, pattern: Pattern): boolean => {
    const sequence = learn(text);
    if (sequence.length === 0) return false;
    sequences.push(sequence);
    patterns.push(pattern);
    return true;
  };
  for (const server of servers) {
    for (const message of server.messages) {
      const template = templates.length;
      let pieces = 0;
      for (const literal of message.text.split(placeholder)) {
        if (add(literal, { kind: "piece", template, piece: pieces })) pieces += 1;
      }
      templates.push({ server: server.id, message, pieces });
    }
    for (const print of server.fingerprints) {
      if (print.in === "page")
        add(print.text, { kind: "page", server: server.id, text: print.text, weight: print.weight });
    }
  }
  for (const { text, make } of lexiconWords()) add(text, { kind: "word", make });
  const automaton = new Automaton(sequences, vocabulary.size);

  const read = (text: string, found: (pattern: Pattern, first: number, last: number) => void): Tokens => {
    const tokens = tokenise(text, (whole, start, end, hash) => vocabulary.find(whole, start, end, hash));
    automaton.scan(tokens.ids, tokens.count, (number, first, last) => {
      const pattern = patterns[number];
      if (pattern) found(pattern, first, last);
    });
    return tokens;
  };

  return {
    matchMessages(text, { where }) {
      const progress = new Map<number, (Span | undefined)[]>();
      const complete = new Map<number, Span[]>();
      const words: Word[] = [];
      const pieces: [template: number, piece: number, first: number, last: number][] = [];
      const tokens = read(text, (pattern, first, last) => {
        if (pattern.kind === "piece") pieces.push([pattern.template, pattern.piece, first, last]);
        else if (pattern.kind === "word") words.push(pattern.make(first, last));
      });
      for (const [number, piece, first, last] of pieces) {
        const template = templates[number];
        if (!template || !isPlaceOf(template.message.where, where)) continue;
        const spans = progress.get(number) ?? [];
        if (!progress.has(number)) progress.set(number, spans);
        const start = tokens.starts[first] ?? 0;
        const line = tokens.lines[first] ?? 0;
        const before = spans[piece - 1];
        if (
          piece > 0 &&
          !(before && before.end <= start && start - before.end <= placeholderReach && before.line === line)
        )
          continue;
        const span = {
          first,
          start: before?.start ?? start,
          end: tokens.ends[last] ?? start,
          line: tokens.lines[last] ?? line,
        };
        spans[piece] = span;
        if (piece < template.pieces - 1) continue;
        const all = complete.get(number) ?? [];
        if (all.length < maximumPerTemplate) all.push(span);
        complete.set(number, all);
      }
      const found: FoundMessage[] = [];
      for (const [number, spans] of complete) {
        const template = templates[number];
        if (!template) continue;
        for (const { start, end } of spans) {
          found.push({
            server: template.server,
            template: template.message.text,
            means: template.message.means,
            isDistinctive: template.message.distinctive === true,
            start,
            end,
          });
        }
      }
      return ranked([...found, ...lexiconMessages(words, tokens, where ?? "authorize")]);
    },
    recognisePage({ text, title }) {
      const weights = new Map<string, number>();
      const seen = new Set<Pattern>();
      for (const part of [title, text]) {
        read(part, (pattern) => {
          if (pattern.kind !== "page" || seen.has(pattern)) return;
          seen.add(pattern);
          weights.set(pattern.server, (weights.get(pattern.server) ?? 0) + pattern.weight);
        });
      }
      return [...weights].filter(([, weight]) => weight >= 1).map(([server]) => server);
    },
  };
}

/** Pages of the authorization endpoint and of the redirection endpoint print each other's messages. */
const isPlaceOf = (place: MessagePlace, where: MessagePlace | undefined): boolean =>
  where === undefined || place === where || (frontChannel.has(place) && frontChannel.has(where));
const frontChannel: ReadonlySet<MessagePlace> = new Set(["authorize", "callback"]);

function* lexiconWords(): Generator<{ readonly text: string; readonly make: (first: number, last: number) => Word }> {
  for (const language of languages) {
    for (const [concept, texts] of Object.entries(language.concepts) as [Concept, readonly string[]][]) {
      for (const text of texts) yield { text, make: (first, last) => ({ kind: "concept", concept, first, last }) };
    }
    for (const [predicate, texts] of Object.entries(language.predicates) as [Predicate, readonly string[]][]) {
      for (const text of texts) {
        const isLeading = language.leading.includes(text);
        const isAdjective = isLeading || language.adjectives.includes(text);
        yield { text, make: (first, last) => ({ kind: "predicate", predicate, isAdjective, isLeading, first, last }) };
      }
    }
    for (const [kind, texts] of [
      ["preposition", language.prepositions],
      ["link", language.links],
      ["coordinator", language.coordinators],
      ["negator", language.negators],
      ["guard", language.guards],
      ["topic", language.topics],
    ] as const) {
      for (const text of texts) yield { text, make: (first, last) => ({ kind, first, last }) };
    }
    for (const { text, means } of language.phrases) {
      yield { text, make: (first, last) => ({ kind: "phrase", text, means, first, last }) };
    }
  }
  for (const code of errorCodes) yield { text: code, make: (first, last) => ({ kind: "code", code, first, last }) };
  for (const code of spelledCodes) {
    yield { text: code.replaceAll("_", " "), make: (first, last) => ({ kind: "code", code, first, last }) };
  }
  for (const [parameter, means] of Object.entries(parameterCauses)) {
    yield { text: parameter, make: (first, last) => ({ kind: "parameter", parameter, means, first, last }) };
  }
}

function lexiconMessages(words: readonly Word[], tokens: Tokens, where: MessagePlace): readonly FoundMessage[] {
  const found: FoundMessage[] = [];
  const add = (template: string, means: readonly Cause[], first: number, last: number): void => {
    if (means.length === 0 || found.length >= maximumStatements) return;
    found.push({
      template,
      means,
      isDistinctive: false,
      start: tokens.starts[first] ?? 0,
      end: tokens.ends[last] ?? 0,
    });
  };
  const codes = new Set<string>();
  for (const word of words) if (word.kind === "code") codes.add(word.code);
  const isDocumentation = codes.size >= documentedCodes;
  if (!isDocumentation) {
    const named = new Set<string>();
    for (const word of words) {
      if (word.kind !== "code" || named.has(word.code)) continue;
      named.add(word.code);
      add(`lexicon:error-code+${word.code}`, causesOfCode(word.code, where), word.first, word.last);
    }
  }
  const parameters = new Map(
    words.flatMap((word) => (word.kind === "parameter" ? [[word.parameter, word] as const] : [])),
  );
  // A page that lists the whole request names every parameter and accuses none.
  if (!isDocumentation && parameters.size <= namedParameters) {
    for (const [name, word] of parameters) add(`lexicon:parameter+${name}`, word.means, word.first, word.last);
  }
  const bySentence = new Map<number, Word[]>();
  for (const word of words) {
    if (word.kind === "parameter") continue;
    const sentence = tokens.sentences[word.first] ?? 0;
    if (tokens.sentences[word.last] !== sentence || tokens.questions.has(sentence)) continue;
    const list = bySentence.get(sentence);
    if (list) list.push(word);
    else bySentence.set(sentence, [word]);
  }
  for (const sentence of bySentence.values()) {
    if (found.length >= maximumStatements) break;
    if (isDocumentation) break;
    for (const statement of readSentence(sentence, where))
      add(statement.template, statement.means, statement.first, statement.last);
  }
  return found;
}

/** One product says the same words in several places: without a place they mean what they mean in each. */
function merged(found: readonly FoundMessage[]): readonly FoundMessage[] {
  const bySpan = new Map<string, FoundMessage>();
  for (const message of found) {
    const key = `${message.server} ${message.start} ${message.end} ${message.template.toLowerCase()}`;
    const same = bySpan.get(key);
    const means = same ? [...new Set([...same.means, ...message.means])] : message.means;
    bySpan.set(key, { ...(same ?? message), means });
  }
  return [...bySpan.values()];
}

/** Best first: distinctive, then products' templates, then the lexicon; the longer one first; weaker ones inside a better one go. */
function ranked(found: readonly FoundMessage[]): readonly FoundMessage[] {
  const rank = (message: FoundMessage): number => (message.isDistinctive ? 2 : message.server === undefined ? 0 : 1);
  const length = (message: FoundMessage): number => message.end - message.start;
  const sorted = [...found].sort(
    (one, other) => rank(other) - rank(one) || length(other) - length(one) || one.start - other.start,
  );
  const kept: FoundMessage[] = [];
  for (const message of merged(sorted)) {
    const isCovered = kept.some(
      (better) =>
        better.start <= message.start &&
        better.end >= message.end &&
        (length(better) > length(message) ||
          message.server === undefined ||
          (better.template === message.template && better.server === message.server)),
    );
    if (!isCovered && kept.length < maximumKept) kept.push(message);
  }
  return kept;
}
const maximumKept = 60;
