import { openFor } from "@/lib/trace/attempt.ts";
import { originOf, type PlacedEntry } from "./chains.ts";
import { judgeEntry } from "./relevance.ts";

/** Authenticated requests kept of one endpoint and status: enough to show that a token works, or that it does not. */
const callsPerEndpoint = 3;

interface Track {
  readonly origins: Set<string>;
  lastAt: number;
}

/**
 * The entries that belong to authorization attempts: those with the shape of the protocol, all hops of their redirect
 * chains, the pages a person went through in the same tab (login, consent, error), and a few authenticated requests.
 * `entries` in order of time.
 */
export function selectEntries(entries: readonly PlacedEntry[]): PlacedEntry[] {
  const relevance = entries.map(({ entry, type }) => judgeEntry(entry, type !== "fetch"));
  const chains = new Set(entries.filter((_, index) => relevance[index] === "protocol").map(({ chain }) => chain));
  const tracks = new Map<number, Track>();
  const calls = new Map<string, number>();
  return entries.filter((placed, index) => {
    const kind = relevance[index];
    if (kind === "call") return countCall(placed, calls);
    if (kind !== "protocol" && kind !== "document") return false;
    if (placed.type === "fetch") return true;
    const track = tracks.get(placed.tab);
    const isOpen = track !== undefined && placed.startedAt - track.lastAt <= openFor;
    const origin = originOf(placed.entry.url);
    const follows =
      isOpen &&
      ((placed.initiator !== undefined && track.origins.has(placed.initiator)) ||
        (origin !== undefined && track.origins.has(origin)));
    if (!chains.has(placed.chain) && !follows) return false;
    const joined = isOpen ? track : { origins: new Set<string>(), lastAt: placed.startedAt };
    joined.lastAt = placed.startedAt;
    if (origin !== undefined) joined.origins.add(origin);
    tracks.set(placed.tab, joined);
    return true;
  });
}

function countCall({ entry }: PlacedEntry, calls: Map<string, number>): boolean {
  const key = `${entry.url.split(/[?#]/, 1)[0]} ${entry.status ?? 0}`;
  const count = (calls.get(key) ?? 0) + 1;
  calls.set(key, count);
  return count <= callsPerEndpoint;
}
