import { shortenMiddle } from "@/lib/report/visible-text.ts";

/** An address that fills more than two lines hides the sentence around it. */
const wordLimit = 72;

/** A sentence says the most at its start, so it is cut at its end; an endless address in it keeps both of its ends. */
export function shortenSentence(text: string, limit: number): string {
  const readable = text.slice(0, limit * 1_000).replace(/\S+/g, (word) => shortenMiddle(word, wordLimit));
  if (readable.length <= limit) return readable;
  const cut = readable.slice(0, limit - 1);
  return `${cut.slice(0, cut.lastIndexOf(" ") + 1).trimEnd() || cut}…`;
}
