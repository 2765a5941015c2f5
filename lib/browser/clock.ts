import type { Observation } from "@/lib/exchange/observation.ts";
import type { Draft } from "./capture/draft.ts";

/** Milliseconds by which events of one browser may come out of order. */
const disorder = 2_000;

/** The kinds whose time the browser takes as they happen. */
const isTimed = ({ kind }: Pick<Observation, "kind">) =>
  kind === "request" || kind === "response" || kind === "failure" || kind === "navigation";

/**
 * Gives events times that do not run backwards when the computer's clock is set back: what is stored is put in order by them. It
 * starts from what is stored of this session of the browser, so it needs no memory of its own.
 */
export function createClock(
  stored: readonly Observation[],
  session: string,
  now: () => number,
): (draft: Draft) => Draft {
  let newest = stored.reduce(
    (latest, seen) => (seen.session === session && isTimed(seen) ? Math.max(latest, seen.at) : latest),
    0,
  );
  let offset = 0;
  const isBehind = (at: number) => at < newest - disorder;
  return (draft) => {
    if (draft.source !== "browser") return draft;
    // An event that merely comes late is behind too; the clock itself is not.
    if (isBehind(draft.at + offset) && isBehind(now() + offset)) offset = newest + 1 - draft.at;
    const at = isBehind(draft.at) ? draft.at + offset : draft.at;
    if (isTimed(draft)) newest = Math.max(newest, at);
    return at === draft.at ? draft : { ...draft, at };
  };
}
