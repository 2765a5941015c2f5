/** A text as words: what `MessageTemplate` and the lexicon compare, so punctuation, case and white space cannot matter. */
export interface Tokens {
  readonly count: number;
  /** Vocabulary number of each word; 0 for a word the vocabulary does not have. */
  readonly ids: Int32Array;
  /** UTF-16 offsets of each word in the original text. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Number of the line and of the sentence each word stands in, both rising. */
  readonly lines: Int32Array;
  readonly sentences: Int32Array;
  /** Sentences that end in a question mark. */
  readonly questions: ReadonlySet<number>;
}

const newline = 10;
const quote = 34;
const apostrophes = new Set([39, 0x2019, 0x2018, 0xff07]);
const hardStops = new Set([..."{}[];!?|•·—–。！？；"].map((character) => character.charCodeAt(0)));
const questionMarks = new Set([63, 0xff1f]);

const lowerCases = new Map<number, number>();
function lowerCase(code: number): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  let lower = lowerCases.get(code);
  if (lower === undefined) {
    const text = String.fromCharCode(code).toLowerCase();
    lower = text.length === 1 ? text.charCodeAt(0) : code;
    lowerCases.set(code, lower);
  }
  return lower;
}

/** Scripts written without spaces: every character is a word of its own. */
const isIdeographic = (code: number): boolean =>
  (code >= 0x3041 && code <= 0x30ff && code !== 0x30fb) ||
  (code >= 0x3400 && code <= 0x9fff) ||
  (code >= 0xac00 && code <= 0xd7a3);

const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 48 && code <= 57) ||
  code === 95 ||
  (code >= 65 && code <= 90) ||
  (code >= 0xc0 && code < 0x2000 && code !== 0xd7 && code !== 0xf7);

/** Words by number, found by hash without cutting strings out of the text. */
export class Vocabulary {
  readonly #words: string[] = [""];
  #slots = new Int32Array(1 << 14);

  /** Number of a word in lower case, given on first sight. */
  add(word: string): number {
    if (this.#words.length * 2 > this.#slots.length) this.#grow();
    const slot = this.#slot(word, 0, word.length, hashOf(word));
    const known = this.#slots[slot] ?? 0;
    if (known !== 0) return known;
    this.#words.push(word);
    this.#slots[slot] = this.#words.length - 1;
    return this.#words.length - 1;
  }

  find(text: string, start: number, end: number, hash: number): number {
    return this.#slots[this.#slot(text, start, end, hash)] ?? 0;
  }

  get size(): number {
    return this.#words.length;
  }

  #slot(text: string, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const id = this.#slots[slot] ?? 0;
      if (id === 0 || isSameWord(this.#words[id] ?? "", text, start, end)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    this.#words.forEach((word, id) => {
      if (id > 0) this.#slots[this.#slot(word, 0, word.length, hashOf(word))] = id;
    });
  }
}

/** Compares ignoring case and inner apostrophes, as `hashOf` does. */
function isSameWord(word: string, text: string, start: number, end: number): boolean {
  let at = 0;
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (apostrophes.has(code)) continue;
    if (at >= word.length || word.charCodeAt(at) !== lowerCase(code)) return false;
    at += 1;
  }
  return at === word.length;
}

const seed = 0x811c9dc5;
const mix = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);

function hashOf(word: string): number {
  let hash = seed;
  for (let index = 0; index < word.length; index += 1) hash = mix(hash, word.charCodeAt(index));
  return hash >>> 0;
}

class TokenList {
  count = 0;
  ids: Int32Array<ArrayBuffer>;
  starts: Int32Array<ArrayBuffer>;
  ends: Int32Array<ArrayBuffer>;
  lines: Int32Array<ArrayBuffer>;
  sentences: Int32Array<ArrayBuffer>;
  readonly questions = new Set<number>();

  constructor(capacity: number) {
    this.ids = new Int32Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.lines = new Int32Array(capacity);
    this.sentences = new Int32Array(capacity);
  }

  push(id: number, start: number, end: number, line: number, sentence: number): void {
    if (this.count === this.ids.length) {
      this.ids = doubled(this.ids);
      this.starts = doubled(this.starts);
      this.ends = doubled(this.ends);
      this.lines = doubled(this.lines);
      this.sentences = doubled(this.sentences);
    }
    this.ids[this.count] = id;
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.lines[this.count] = line;
    this.sentences[this.count] = sentence;
    this.count += 1;
  }
}

function doubled(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}

const escaped: Readonly<Record<string, number>> = { n: 32, r: 32, t: 32 };

interface TokenTarget {
  readonly questions: Set<number>;
  push(id: number, start: number, end: number, line: number, sentence: number): void;
}

type NumberOf = (text: string, start: number, end: number, hash: number) => number;

/**
 * Cuts a text into words in one pass. JSON escapes of white space (`\n` written out) part words, so that a description
 * matches inside its raw JSON as it does when extracted.
 */
export function tokenise(text: string, numberOf: NumberOf): Tokens {
  const list = new TokenList(Math.ceil(text.length / 4) + 4);
  readWords(text, numberOf, list);
  return list;
}

const nowhere: TokenTarget = { questions: new Set(), push: () => {} };

/** The same words without a record of them: the arrays of some thousand templates would cost more than reading them. */
export const visitWords = (text: string, visit: NumberOf): void => readWords(text, visit, nowhere);

function readWords(text: string, numberOf: NumberOf, list: TokenTarget): void {
  const isJson = /^\s*[[{]/.test(text.slice(0, 64));
  let line = 0;
  let sentence = 0;
  let index = 0;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (isWord(code)) {
      const start = index;
      let hash = seed;
      for (; index < text.length; index += 1) {
        const next = text.charCodeAt(index);
        if (isWord(next)) hash = mix(hash, lowerCase(next));
        else if (!apostrophes.has(next) || !isWord(text.charCodeAt(index + 1))) break;
      }
      list.push(numberOf(text, start, index, hash >>> 0), start, index, line, sentence);
      continue;
    }
    if (isIdeographic(code)) {
      list.push(numberOf(text, index, index + 1, mix(seed, code) >>> 0), index, index + 1, line, sentence);
    } else if (code === newline) {
      line += 1;
      sentence += 1;
    } else if (code === 92 && isJson && escaped[text[index + 1] ?? ""] !== undefined) {
      index += 1;
      sentence += 1;
    } else if (endsSentence(text, index, code)) {
      if (questionMarks.has(code)) list.questions.add(sentence);
      sentence += 1;
    }
    index += 1;
  }
}

function endsSentence(text: string, index: number, code: number): boolean {
  if (hardStops.has(code)) return true;
  const next = text.charCodeAt(index + 1);
  // "v1.2" and "claude.ai" go on; "found. Try" and "found.<end>" do not.
  if (code === 46) return Number.isNaN(next) || next <= 32 || next === quote || next === 0xa0;
  return code === quote && (next === 44 || next === 58);
}
