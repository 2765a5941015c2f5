import { printUrl } from "./address.ts";
import { type Redaction, replaceWhole } from "./redaction.ts";
import { redactScope } from "./scope.ts";
import { isOrdinary } from "./shape.ts";
import { redactMessage, redactUrl } from "./url.ts";

/** Challenge parameters of RFC 6750 §3, RFC 9728 §5.1 and RFC 9449 §7.1 that stay, and how. */
const challengeParameters: Readonly<Record<string, "words" | "text" | "url">> = {
  realm: "text",
  scope: "words",
  error: "words",
  error_description: "text",
  error_uri: "url",
  resource_metadata: "url",
  resource: "url",
  authorization_uri: "url",
  as_uri: "url",
  algs: "words",
  charset: "words",
};

const mostItems = 60;
/** A scheme, or a parameter with its quoted or bare value; each repetition is bounded or decided by one character. */
const nextItem =
  /\s*,?\s*([A-Za-z0-9!#$%&'*+.^_`|~-]{1,64})(?:\s{0,9}=\s{0,9}(?:"((?:[^"\\]|\\.){0,4000})"|([^\s,"]{0,4000}))|(?=[\s,]|$))/sy;

/** `WWW-Authenticate` (RFC 9110 §11.6.1) rebuilt from its schemes and listed parameters; what cannot be read ends it. */
export function redactChallenge(value: string, redaction: Redaction): string {
  const challenges: { readonly scheme: string; readonly parameters: string[] }[] = [];
  for (let index = 0, items = 0; index < value.length && items < mostItems; items += 1) {
    nextItem.lastIndex = index;
    const found = nextItem.exec(value);
    if (!found) break;
    index = nextItem.lastIndex;
    const [, name = "", quoted, bare] = found;
    const content = quoted ?? bare;
    if (content === undefined) {
      challenges.push({ scheme: isOrdinary(name) ? name : replaceWhole(name, redaction), parameters: [] });
      continue;
    }
    const kept = redactChallengeParameter(name.toLowerCase(), content.replace(/\\(.)/gs, "$1"), redaction);
    if (kept === undefined) continue;
    if (challenges.length === 0) challenges.push({ scheme: "", parameters: [] });
    challenges.at(-1)?.parameters.push(`${name}="${kept.replace(/["\\]/g, "\\$&")}"`);
  }
  return challenges
    .map(({ scheme, parameters }) => [scheme, parameters.join(", ")].filter((part) => part !== "").join(" "))
    .join(", ");
}

function redactChallengeParameter(name: string, content: string, redaction: Redaction): string | undefined {
  const rule = Object.hasOwn(challengeParameters, name) ? challengeParameters[name] : undefined;
  switch (rule) {
    case "url":
      return printUrl(redactUrl(content, redaction));
    case "text":
      return redactMessage(content, redaction);
    case "words":
      return redactScope(content, redaction);
    case undefined:
      if (content !== "") redaction.replaced(content);
      return undefined;
  }
}
