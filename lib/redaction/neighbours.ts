import { type Redaction, replaceWhole } from "./redaction.ts";
import { isPlaceholder } from "./shape.ts";

/**
 * A token may hold slashes: segments beside a replaced one go with it unless they are plain lower-case words. A value that
 * only might be a path goes as a whole.
 */
export function maskNeighbours(
  sent: readonly string[],
  redacted: string[],
  isRelative: boolean,
  redaction: Redaction,
): void {
  const isReplaced = (index: number): boolean => isPlaceholder(redacted[index] ?? "");
  if (!redacted.some((_, index) => isReplaced(index))) return;
  const spread = (index: number, from: number): void => {
    const segment = redacted[index] ?? "";
    const isPlain = /^(?:[a-z-]+|v\d[\d.]*)$/.test(segment);
    if (segment !== "" && !isReplaced(index) && !isPlain && (isRelative || isReplaced(from)))
      redacted[index] = replaceWhole(sent[index] ?? "", redaction);
  };
  for (let index = 2; index < sent.length; index += 2) spread(index, index - 2);
  for (let index = sent.length - 3; index >= 0; index -= 2) spread(index, index + 2);
}
