import type { MessageMatch, OAuthError, ObservationOf } from "@/lib/exchange/observation.ts";
import type { PageStructure, RawPage } from "@/lib/exchange/raw-observation.ts";
import { findParameter } from "@/lib/oauth/parameters.ts";
import { matchMessages, recognisePage } from "@/lib/servers/index.ts";
import { resolveReference } from "./address.ts";
import { parseObject } from "./body.ts";
import { readMimeType } from "./headers.ts";
import type { Redaction } from "./redaction.ts";
import { literalsOf } from "./templates.ts";
import { cutText } from "./text.ts";
import { redactText, redactUrl } from "./url.ts";
import { isKnownWord } from "./vocabulary.ts";

const longestText = 65_536;
const longestExcerpt = 600;
const longestTitle = 200;
const longestQuote = 300;
const mostMatches = 40;

type Base = "id" | "source" | "at" | "session" | "tabId" | "frameId" | "kind";
type PageFields = {
  [Field in keyof ObservationOf<"page"> as Field extends Base | symbol ? never : Field]: ObservationOf<"page">[Field];
};

/** The document a person saw: matched against message templates first, masked after. */
export function redactPage(page: RawPage, redaction: Redaction): PageFields {
  const read = page.html === undefined ? undefined : redaction.readHtml(page.html);
  const full = read?.text ?? page.text ?? "";
  const text = full.length > longestText ? cutText(full, longestText) : full;
  const title = cutText((read?.title || page.title) ?? "", 1_000);
  const whole = `${title}\n${text}`;
  const found = matchMessages(whole, {}).slice(0, mostMatches);
  const offset = title.length + 1;
  const url = redactUrl(page.url, redaction);
  const clientIds = new Set<string>();
  const shown = withTemplates(redaction, found, clientIds);
  const structure = read?.structure ?? page.structure;
  const contentType = page.contentType === undefined ? undefined : readMimeType(page.contentType);
  const oauthError = readOAuthError(text, shown);
  const first = found.find((match) => match.start >= offset);
  const quotes = new Map<string, string>();
  /** Several matches stand in one sentence. */
  const quoteOf = (sentence: string): string => {
    const known = quotes.get(sentence);
    if (known !== undefined) return known;
    const quote = cutText(redactText(sentence, shown), longestQuote);
    quotes.set(sentence, quote);
    return quote;
  };
  const printed = {
    title: cutText(redactText(title, shown), longestTitle),
    excerpt: excerptOf(text, first === undefined ? 0 : first.start - offset, shown),
    matches: found.map(
      (match): MessageMatch => ({
        ...(match.server === undefined ? {} : { server: match.server }),
        template: match.template,
        means: [...match.means],
        isDistinctive: match.isDistinctive,
        quote: quoteOf(sentenceAround(whole, match.start, match.end)),
      }),
    ),
  };
  return {
    url,
    ...(page.documentId === undefined ? {} : { documentId: page.documentId }),
    ...(page.requestId === undefined ? {} : { requestId: page.requestId }),
    ...(page.status === undefined ? {} : { status: page.status }),
    ...(contentType === undefined ? {} : { contentType }),
    ...printed,
    length: full.length,
    ...(oauthError ? { oauthError } : {}),
    servers: [...recognisePage({ text, title })],
    ...(clientIds.size > 0 ? { clientIds: [...clientIds] } : {}),
    ...(structure ? { structure: redactStructure(structure, page.url, redaction) } : {}),
    ...(page.isTruncated || full.length > longestText ? { isTruncated: true } : {}),
  };
}

function withTemplates(
  redaction: Redaction,
  found: readonly { readonly template: string }[],
  clientIds: Set<string>,
): Redaction {
  const literals = literalsOf(found.map((match) => match.template));
  return {
    ...redaction,
    isShown(token) {
      if (literals.has(token)) return true;
      const isClient = redaction.isShown(token);
      if (isClient) clientIds.add(token);
      return isClient;
    },
  };
}

function excerptOf(text: string, at: number, redaction: Redaction): string {
  const from = at < longestExcerpt - 150 ? 0 : startOfSentence(text, at);
  return cutText(redactText(cutText(text.slice(from), 4_000), redaction), longestExcerpt);
}

const startOfSentence = (text: string, at: number): number => {
  const line = text.lastIndexOf("\n", Math.max(at - 1, 0)) + 1;
  if (at - line <= 150) return line;
  const sentence = text.lastIndexOf(". ", at - 1);
  return sentence > line ? sentence + 2 : Math.max(text.lastIndexOf(" ", at - 1) + 1, line);
};

function sentenceAround(text: string, start: number, end: number): string {
  const from = startOfSentence(text, start);
  const line = text.indexOf("\n", end);
  const stop = line < 0 ? text.length : line;
  const sentence = text.indexOf(". ", end);
  return cutText(text.slice(from, sentence >= 0 && sentence < stop ? sentence + 1 : stop), 2_000).trim();
}

/** An OAuth error shown as JSON, bare or inside the text of a page (RFC 6749 §5.2; `message`/`detail` of other frameworks). */
function readOAuthError(text: string, redaction: Redaction): OAuthError | undefined {
  const opening = text.indexOf("{");
  if (opening < 0 || opening > 200) return undefined;
  const record = parseObject(text.slice(opening, text.lastIndexOf("}") + 1));
  if (typeof record === "string") return undefined;
  const nested =
    typeof record.error === "object" && record.error !== null ? (record.error as Record<string, unknown>) : record;
  const code = [record.error, nested.code, nested.error, record.errorCode, record.error_code].find(
    (one) => typeof one === "string" && isErrorCode(one),
  );
  const description = [
    nested.error_description,
    nested.message,
    nested.detail,
    record.error_message,
    record.message,
  ].find((one) => typeof one === "string" && one !== "");
  if (typeof code !== "string" && typeof description !== "string") return undefined;
  return {
    error: typeof code === "string" ? code : "",
    ...(typeof description === "string"
      ? { error_description: cutText(redactText(description.slice(0, 4_000), redaction), 600) }
      : {}),
    ...(typeof record.error_uri === "string"
      ? { error_uri: redactText(record.error_uri.slice(0, 2_000), redaction) }
      : {}),
  };
}

const isErrorCode = (value: string): boolean => findParameter("error")?.isValid?.(value) === true || isKnownWord(value);

const formMethods = new Set(["get", "post", "dialog"]);

function redactStructure(
  structure: PageStructure,
  url: string,
  redaction: Redaction,
): NonNullable<PageFields["structure"]> {
  const { passwordFields, textFields, hiddenFields, buttons, links, forms } = structure;
  return {
    passwordFields,
    textFields,
    hiddenFields,
    buttons,
    links,
    forms: forms.slice(0, 20).map(({ method, action }) => ({
      method: formMethods.has(method.toLowerCase()) ? method.toLowerCase() : "get",
      action: redactUrl(resolveReference(action, url), redaction),
    })),
  };
}
