import type { Observation, ObservationOf } from "@/lib/exchange/observation.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { type NetworkEntry, observeNetworkEntry, readContent } from "./capture/devtools-network.ts";
import { sendCommand } from "./commands.ts";
import { readSession } from "./session.ts";
import { isIgnored, readSettings } from "./settings.ts";
import { openStore } from "./store.ts";

/** Live capture and DevTools take the time of one request at different places. */
const sameRequestWithin = 2_000;

/**
 * Stores what DevTools shows of the inspected tab's back-channel requests. Where live capture saw the same request, only the answer is
 * added to it, so that there is one leg and not two. Call it with an entry as often as one likes: nothing is stored twice.
 */
export async function startDevtoolsRecorder(tabId: number): Promise<(entry: NetworkEntry) => Promise<void>> {
  const session = await readSession();
  const redactor = createRedactor(session, { readHtml });
  const store = openStore();
  let tail: Promise<unknown> = Promise.resolve();

  async function add(entry: NetworkEntry): Promise<void> {
    const settings = await readSettings();
    if (settings.isPaused || isIgnored(settings, entry.request.url)) return;
    const raw = observeNetworkEntry(entry, await readContent(entry), { tabId, session: session.id });
    const [request] = raw;
    if (request?.kind !== "request") return;
    // Answered once everything that live capture has seen so far is stored.
    await sendCommand({ command: "refresh" });
    const live = findLive(request, await store.since(request.at - sameRequestWithin));
    const added: readonly RawObservation[] = live
      ? raw.flatMap((seen) => (seen.kind === "response" ? { ...seen, requestId: live.requestId } : []))
      : raw;
    for (const each of added) {
      const observation = redactor.redact(each);
      if (observation) await store.put(observation);
    }
    if (added.length > 0) await sendCommand({ command: "reload" });
  }

  function findLive(request: Extract<RawObservation, { readonly kind: "request" }>, stored: readonly Observation[]) {
    const shown = redactor.redact(request);
    if (shown?.kind !== "request") return undefined;
    const url = JSON.stringify(shown.url);
    const distance = ({ at }: Observation) => Math.abs(at - request.at);
    return stored
      .filter((seen): seen is ObservationOf<"request"> => seen.kind === "request" && seen.source === "browser")
      .filter((seen) => seen.session === session.id && seen.type === "fetch" && seen.method === shown.method)
      .filter((seen) => distance(seen) <= sameRequestWithin && JSON.stringify(seen.url) === url)
      .sort((one, other) => distance(one) - distance(other))[0];
  }

  return (entry) => {
    // One after the other: an entry that fails must not take the following ones with it.
    tail = tail.then(() => add(entry)).catch(() => undefined);
    return tail.then(() => undefined);
  };
}
