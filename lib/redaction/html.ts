import { Parser } from "htmlparser2";
import type { HtmlReader } from "./redaction.ts";

const unread = new Set([
  "script",
  "style",
  "template",
  "noscript",
  "svg",
  "math",
  "iframe",
  "object",
  "head",
  "select",
]);
const childless = new Set([
  "area",
  "base",
  "br",
  "col",
  "embed",
  "hr",
  "img",
  "input",
  "link",
  "meta",
  "source",
  "track",
  "wbr",
]);
const blocks = new Set(
  "address article aside blockquote br dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul title button label".split(
    " ",
  ),
);
const longestText = 65_536;
const longestDocument = 4_000_000;
const chunkLength = 16_384;
const deepest = 1_000;

/** What a person would have seen of a document: its text, title and the counts of its form. Nothing is run or fetched. */
export const readHtml: HtmlReader = (html) => {
  let title = "";
  let text = "";
  let isTitle = false;
  /** Names of the open elements inside the outermost hidden one. */
  const hidden: string[] = [];
  const count = { passwordFields: 0, textFields: 0, hiddenFields: 0, buttons: 0, links: 0 };
  const forms: { method: string; action: string }[] = [];
  let depth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (name === "title" && title === "") isTitle = true;
      countElement(name, attributes, count, forms);
      if (hidden.length > 0 || isHidden(name, attributes)) {
        if (!childless.has(name)) hidden.push(name);
      } else if (blocks.has(name)) text += "\n";
    },
    ontext(data) {
      if (isTitle) title = (title + data).slice(0, 1_000);
      else if (hidden.length === 0 && text.length < longestText) text += data.slice(0, longestText);
    },
    onclosetag(name) {
      depth -= 1;
      if (name === "title") isTitle = false;
      const open = hidden.lastIndexOf(name);
      if (open >= 0) hidden.length = open;
      else if (hidden.length === 0 && blocks.has(name)) text += "\n";
    },
  });
  // The parser's stack costs its depth at every tag: stop where no real document goes.
  for (let from = 0; from < Math.min(html.length, longestDocument) && depth < deepest; from += chunkLength)
    parser.write(html.slice(from, from + chunkLength));
  if (depth < deepest) parser.end();
  return { title: foldSpace(title), text: foldLines(text), structure: { ...count, forms } };
};

function isHidden(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (unread.has(name) || attributes.hidden !== undefined) return true;
  const style = attributes.style?.slice(0, 2_000).replace(/\s/g, "").toLowerCase() ?? "";
  return style.includes("display:none") || style.includes("visibility:hidden");
}

const notTyped = new Set(["submit", "button", "image", "reset", "checkbox", "radio", "file", "range", "color"]);

function countElement(
  name: string,
  attributes: Readonly<Record<string, string>>,
  count: { passwordFields: number; textFields: number; hiddenFields: number; buttons: number; links: number },
  forms: { method: string; action: string }[],
): void {
  const type = attributes.type?.toLowerCase() ?? "";
  if (name === "input") {
    if (type === "password") count.passwordFields += 1;
    else if (type === "hidden") count.hiddenFields += 1;
    else if (type === "submit" || type === "button" || type === "image") count.buttons += 1;
    else if (!notTyped.has(type)) count.textFields += 1;
  } else if (name === "textarea") count.textFields += 1;
  else if (name === "button") count.buttons += 1;
  else if (name === "a" && attributes.href !== undefined) count.links += 1;
  else if (name === "form" && forms.length < 20)
    forms.push({ method: (attributes.method ?? "get").toLowerCase(), action: attributes.action ?? "" });
}

const foldSpace = (text: string): string => text.replace(/\s+/g, " ").trim();

const foldLines = (text: string): string =>
  text
    .split("\n")
    .map(foldSpace)
    .filter((line) => line !== "")
    .join("\n");
