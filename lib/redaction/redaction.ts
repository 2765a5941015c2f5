import type { Fingerprint } from "@/lib/exchange/observation.ts";
import type { PageStructure } from "@/lib/exchange/raw-observation.ts";
import type { UrlMemory } from "./memory.ts";
import { isPlaceholder, placeholderFor } from "./shape.ts";

/** What a person would have seen of a document: its text, title and the counts of its form. */
export type HtmlReader = (html: string) => {
  readonly title: string;
  readonly text: string;
  readonly structure: PageStructure;
};

export const refuseHtml: HtmlReader = () => {
  throw new Error("no reader for HTML");
};

/** What the redaction of one observation shares: fingerprints, and the record of what was replaced and what was shown. */
export interface Redaction {
  readonly fingerprint: (value: string) => Fingerprint;
  readonly replaced: (value: string) => void;
  readonly shown: (value: string) => void;
  /** Called with each `client_id`, which texts may then name. */
  readonly client: (clientId: string) => void;
  /** Whether a token of a text is public here. */
  readonly isShown: (token: string) => boolean;
  /** Throws where documents never come as HTML. */
  readonly readHtml: HtmlReader;
  readonly urls?: UrlMemory;
}

export function replaceWhole(value: string, redaction: Redaction): string {
  if (isPlaceholder(value)) return value;
  redaction.replaced(value);
  return placeholderFor(value);
}
