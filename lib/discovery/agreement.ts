import { parseResourceMetadata } from "@/lib/oauth/resource-metadata.ts";
import { parseServerMetadata } from "@/lib/oauth/server-metadata.ts";
import type { RungFacts } from "./metadata-facts.ts";

/** Two answers of one URL that say different things. */
export interface Disagreement {
  readonly first: RungFacts;
  readonly second: RungFacts;
  /** The first member in which they differ, with what each says; `nothing` when it is absent. */
  readonly member: string;
  readonly firstSays: string;
  readonly secondSays: string;
  /** Seconds for which an answer may be kept, when one of the two is a client's and so may be an old one. */
  readonly mayBeCachedFor?: number;
}

const membersOf = (rung: RungFacts): ReadonlyMap<string, string> => {
  const { value } =
    rung.role === "resource-metadata" ? parseResourceMetadata(rung.document) : parseServerMetadata(rung.document);
  // Lists are sets in these documents: another order says the same.
  return new Map(
    Object.entries(value).map(([name, member]) => [
      name,
      Array.isArray(member) ? [...member].sort().join(" ") : String(member),
    ]),
  );
};

function compare(first: RungFacts, second: RungFacts): Disagreement | undefined {
  if (first.bytes !== undefined && first.bytes === second.bytes) return undefined;
  const [left, right] = [membersOf(first), membersOf(second)];
  const member = [...new Set([...left.keys(), ...right.keys()])].find((name) => left.get(name) !== right.get(name));
  if (member === undefined) return undefined;
  const maxAge = first.maxAge ?? second.maxAge;
  return {
    first,
    second,
    member,
    firstSays: left.get(member) ?? "nothing",
    secondSays: right.get(member) ?? "nothing",
    ...(first.askedBy !== second.askedBy && maxAge !== undefined ? { mayBeCachedFor: maxAge } : {}),
  };
}

/** The first two accepted answers of one URL that contradict each other in a member that clients read. */
export function findDisagreement(rungs: readonly RungFacts[]): Disagreement | undefined {
  const accepted = rungs.filter(({ outcome }) => outcome === "accepted");
  for (const [index, first] of accepted.entries()) {
    for (const second of accepted.slice(index + 1)) {
      const found = first.urlText === second.urlText ? compare(first, second) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
