const type = /"_resourceType"\s*:\s*"(?:(image|media|font|stylesheet|script|texttrack|manifest)"|)/i;
const content =
  /"mimeType"\s*:\s*"(?:image\/|font\/|video\/|audio\/|text\/css|(?:text|application)\/(?:x-)?(?:java|ecma)script|application\/(?:wasm|font))/i;
const delivered = /"status"\s*:\s*(?:200|304)\b/;

/**
 * True for what a page is decorated with, judged from the entry's JSON before it is parsed: never a leg of an attempt, and
 * most of a large recording. A quotation mark inside a string is escaped, so these words stand for members, not for bodies.
 */
export function isPassive(json: string): boolean {
  // More than one: a damaged entry that runs on into the next.
  const request = json.indexOf('"request"');
  if (request < 0 || json.includes('"request"', request + 1)) return false;
  const written = type.exec(json);
  if (written) return written[1] !== undefined;
  return !json.includes('"postData"') && content.test(json) && delivered.test(json);
}
