import type { Template } from "./knowledge.ts";
import type { FoundMessage } from "./matcher.ts";
import type { MessagePlace } from "./server.ts";
import type { Tokens } from "./tokens.ts";

interface Span {
  readonly start: number;
  readonly end: number;
  /** Last word. */
  readonly last: number;
}

const placeholderReach = 200;
const mostPerTemplate = 3;
const frontChannel: ReadonlySet<MessagePlace> = new Set(["authorize", "callback"]);

/** Pages of the authorization endpoint and of the redirection endpoint print each other's messages. */
const isPlaceOf = (place: MessagePlace, where: MessagePlace | undefined): boolean =>
  where === undefined || place === where || (frontChannel.has(place) && frontChannel.has(where));

/** What a placeholder stands for has no line break in it; there may be one on either side. */
const isOneLine = (first: number, last: number, tokens: Tokens): boolean =>
  last <= first || tokens.lines[first] === tokens.lines[last];

/** Puts the literal pieces of templates together again, as they come in order of their last word. */
export class TemplateMatches {
  readonly #templates: readonly Template[];
  readonly #where: MessagePlace | undefined;
  /** Per template: the latest place up to which its first pieces stood in order. */
  readonly #progress = new Map<number, (Span | undefined)[]>();
  readonly #complete = new Map<number, Span[]>();

  constructor(templates: readonly Template[], where: MessagePlace | undefined) {
    this.#templates = templates;
    this.#where = where;
  }

  add(found: { readonly template: number; readonly piece: number }, first: number, last: number, tokens: Tokens): void {
    const template = this.#templates[found.template];
    if (!template || !isPlaceOf(template.message.where, this.#where)) return;
    // "Client not found? Ask support." tells of a failure, and reports none.
    if (!template.message.distinctive && tokens.questions.has(tokens.sentences[last] ?? 0)) return;
    const complete = this.#complete.get(found.template);
    if (complete && complete.length >= mostPerTemplate) return;
    const start = tokens.starts[first] ?? 0;
    let spans = this.#progress.get(found.template);
    const before = spans?.[found.piece - 1];
    if (found.piece > 0) {
      const follows = before !== undefined && before.end <= start && start - before.end <= placeholderReach;
      if (!follows || !isOneLine(before.last + 1, first - 1, tokens)) return;
    }
    const span = {
      start: before?.start ?? start,
      end: tokens.ends[last] ?? start,
      last,
    };
    if (!spans) {
      spans = [];
      this.#progress.set(found.template, spans);
    }
    spans[found.piece] = span;
    if (found.piece < template.pieces - 1) return;
    if (complete) complete.push(span);
    else this.#complete.set(found.template, [span]);
  }

  *messages(): Generator<FoundMessage> {
    for (const [number, spans] of [...this.#complete].sort(([one], [other]) => one - other)) {
      const template = this.#templates[number];
      if (!template) continue;
      const { text, means, distinctive } = template.message;
      for (const { start, end } of spans) {
        yield { server: template.server, template: text, means, isDistinctive: distinctive === true, start, end };
      }
    }
  }
}
