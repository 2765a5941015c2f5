import { Automaton } from "./automaton.ts";
import { type LexiconEntry, lexiconEntries } from "./lexicon/entries.ts";
import type { MessageTemplate, Server } from "./server.ts";
import { type Tokens, tokenise, Vocabulary, visitWords } from "./tokens.ts";

export interface Template {
  readonly server: string;
  readonly message: MessageTemplate;
  /** Literal runs between the placeholders. */
  readonly pieces: number;
}

/** One literal run of a template, one page fingerprint, or one word or phrase of the lexicon. */
export type Pattern =
  | { readonly kind: "piece"; readonly template: number; readonly piece: number }
  | { readonly kind: "page"; readonly server: string; readonly weight: number }
  | { readonly kind: "word"; readonly entry: LexiconEntry };

/** Everything that is looked for in a text, compiled. */
export interface Knowledge {
  readonly templates: readonly Template[];
  readonly patterns: readonly Pattern[];
  read(text: string, found: (pattern: Pattern, first: number, last: number, number: number) => void): Tokens;
}

const placeholder = /\{[^{}]*\}/;
const apostrophe = /['’‘＇]/g;

export function compileKnowledge(servers: readonly Server[]): Knowledge {
  const vocabulary = new Vocabulary();
  const templates: Template[] = [];
  const patterns: Pattern[] = [];
  const sequences: number[][] = [];
  const add = (text: string, pattern: Pattern): boolean => {
    const sequence: number[] = [];
    visitWords(text, (whole, start, end, hash) => {
      // Most words come again and again.
      const known = vocabulary.find(whole, start, end, hash);
      const id = known || vocabulary.add(whole.slice(start, end).toLowerCase().replace(apostrophe, ""));
      sequence.push(id);
      return id;
    });
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
      if (print.in === "page") add(print.text, { kind: "page", server: server.id, weight: print.weight });
    }
  }
  for (const entry of lexiconEntries()) add(entry.text, { kind: "word", entry });
  const automaton = new Automaton(sequences, vocabulary.size);
  return {
    templates,
    patterns,
    read(text, found) {
      const tokens = tokenise(text, (whole, start, end, hash) => vocabulary.find(whole, start, end, hash));
      automaton.scan(tokens.ids, tokens.count, (number, first, last) => {
        const pattern = patterns[number];
        if (pattern) found(pattern, first, last, number);
      });
      return tokens;
    },
  };
}
