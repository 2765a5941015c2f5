import { members } from "./entry.ts";
import type { ImportLimits } from "./limits.ts";
import { readEnvelope } from "./log.ts";

/** Entries that were not used as they are, by reason; `unreadable` includes those that are too deep or too large. */
interface LeftOut {
  readonly unreadable: number;
  readonly tooDeep: number;
  readonly tooLarge: number;
  /** The same as one before. */
  readonly repeated: number;
  /** Behind the last one that was looked at. */
  readonly beyond: number;
}

/** What was left out and why, one sentence each, for the person who chose the file. */
export function describeProblems(counts: LeftOut, limits: ImportLimits, isWhole: boolean): string[] {
  const problems: string[] = [];
  const count = (value: number) => `${value} ${value === 1 ? "entry" : "entries"}`;
  if (!isWhole) problems.push("The file is cut off or damaged; the entries that could be read were used.");
  const misshapen = counts.unreadable - counts.tooDeep - counts.tooLarge;
  if (misshapen > 0) problems.push(`${count(misshapen)} could not be read.`);
  if (counts.tooDeep > 0) problems.push(`${count(counts.tooDeep)} nested deeper than ${limits.depth} levels.`);
  if (counts.tooLarge > 0)
    problems.push(`${count(counts.tooLarge)} larger than ${Math.floor(limits.entryBytes / 1_000_000)} MB.`);
  if (counts.repeated > 0)
    problems.push(
      `${count(counts.repeated)} ${counts.repeated === 1 ? "repeats" : "repeat"} one before and ${counts.repeated === 1 ? "was" : "were"} not used again.`,
    );
  if (counts.beyond > 0)
    problems.push(
      `Only the first ${limits.entries} entries were looked at; ${count(counts.beyond)} after them were not.`,
    );
  return problems;
}

/** Why a file without any entry is no recording. */
export function explainRefusal(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, 4096)).trimStart();
  if (text === "") return "The file is empty.";
  if (text.startsWith("<")) return "This is a web page or XML, not a HAR file.";
  if (!text.startsWith("{")) return "This is not a HAR file: it does not start with a JSON object.";
  const whole = readEnvelope(bytes);
  if (whole === undefined) return "The file is not valid JSON and no entries could be recovered from it.";
  return members(members(whole)?.log)
    ? "This HAR file has no list of entries (`log.entries`)."
    : "This JSON file is not a HAR file: it has no `log`.";
}
