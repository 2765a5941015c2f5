import { compileKnowledge } from "./knowledge.ts";
import { readLexicon } from "./lexicon/read.ts";
import type { Cause, MessagePlace, Server } from "./server.ts";
import { TemplateMatches } from "./template-matches.ts";
import { WordHits } from "./word-hits.ts";

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

/** Capture cuts page text at 64 KB; what is longer is not read to its end. */
const longestText = 131_072;
const mostMessages = 60;

/** Compiles the templates, the page fingerprints and the lexicon for matching in one pass. */
export function createMatcher(servers: readonly Server[]): Matcher {
  const knowledge = compileKnowledge(servers);
  return {
    matchMessages(text, { where }) {
      const templates = new TemplateMatches(knowledge.templates, where);
      const pieces = new WordHits();
      const words = new WordHits();
      const tokens = knowledge.read(text.slice(0, longestText), (pattern, first, last, number) => {
        if (pattern.kind === "piece") pieces.push(number, first, last);
        else if (pattern.kind === "word") words.push(number, first, last);
      });
      for (let hit = 0; hit < pieces.count; hit += 1) {
        const pattern = knowledge.patterns[pieces.pattern(hit)];
        if (pattern?.kind === "piece") templates.add(pattern, pieces.first(hit), pieces.last(hit), tokens);
      }
      return ranked([...templates.messages(), ...readLexicon(words, knowledge.patterns, tokens, where ?? "authorize")]);
    },
    recognisePage({ text, title }) {
      const weights = new Map<string, number>();
      const seen = new Set<unknown>();
      for (const part of [title, text]) {
        knowledge.read(part.slice(0, longestText), (pattern) => {
          if (pattern.kind !== "page" || seen.has(pattern)) return;
          seen.add(pattern);
          weights.set(pattern.server, (weights.get(pattern.server) ?? 0) + pattern.weight);
        });
      }
      return [...weights].filter(([, weight]) => weight >= 1).map(([server]) => server);
    },
  };
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

const lengthOf = (message: FoundMessage): number => message.end - message.start;

function covers(better: FoundMessage, message: FoundMessage): boolean {
  if (better.start > message.start || better.end < message.end) return false;
  if (message.server !== undefined) return lengthOf(better) > lengthOf(message);
  // Another product's plain words may be meant for another place; then the lexicon still has its say.
  return better.isDistinctive || message.means.some((cause) => better.means.includes(cause));
}

/** Best first: distinctive, then products' templates, then the lexicon; the longer first; weaker ones inside a better one go. */
function ranked(found: readonly FoundMessage[]): readonly FoundMessage[] {
  const rank = (message: FoundMessage): number => (message.isDistinctive ? 2 : message.server === undefined ? 0 : 1);
  const sorted = merged(found).toSorted(
    (one, other) => rank(other) - rank(one) || lengthOf(other) - lengthOf(one) || one.start - other.start,
  );
  const kept: FoundMessage[] = [];
  for (const message of sorted) {
    if (kept.length === mostMessages) break;
    const isCovered = kept.some((better) => covers(better, message));
    if (!isCovered) kept.push(message);
  }
  return kept;
}
