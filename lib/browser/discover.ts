import { dueDiscoveries } from "@/lib/discovery/due.ts";
import { runDiscovery, type Send } from "@/lib/discovery/run.ts";
import { correlate } from "@/lib/trace/correlate.ts";
import type { Recorder } from "./recorder.ts";
import type { Settings } from "./settings.ts";
import type { Store } from "./store.ts";

/** Fetches metadata for attempts, one ladder after the other; what it finds is recorded like everything else. */
export interface Discoverer {
  /** Takes up the attempts that failed and were not asked about yet; does nothing while fetching is switched off. */
  consider(failed: readonly string[]): Promise<void>;
  /** The same for one attempt that the user opened, whatever the setting says. */
  fetchFor(flowId: string): Promise<void>;
}

interface Parts {
  readonly send: Send;
  readonly store: Store;
  readonly recorder: Pick<Recorder, "record" | "settled">;
  readonly readSettings: () => Promise<Pick<Settings, "fetchesMetadata" | "isPaused">>;
  /** In a private window nothing is sent by itself. */
  readonly isPrivate: boolean;
  readonly now: () => number;
}

export function createDiscoverer({ send, store, recorder, readSettings, isPrivate, now }: Parts): Discoverer {
  let tail: Promise<unknown> = Promise.resolve();
  // The store shows what was asked before the worker's last start, this what is under way.
  const begun = new Set<string>();

  async function fetchFor(flowIds: readonly string[]): Promise<void> {
    const fresh = flowIds.filter((id) => !begun.has(id));
    if (fresh.length === 0) return;
    const flows = correlate(await store.since(0));
    const wanted = flows.filter(({ id }) => fresh.includes(id));
    for (const { flow, start } of dueDiscoveries(wanted, flows, now())) {
      begun.add(flow.id);
      await runDiscovery(start, {
        send,
        now,
        session: flow.session,
        run: `${now()}`,
        about: flow.id,
        onObservation: ({ session: _, ...draft }) => recorder.record(draft),
      });
      await recorder.settled();
    }
  }

  const inTurn = (task: () => Promise<void>): Promise<void> => {
    const result = tail.then(task);
    tail = result.catch(() => undefined);
    return result;
  };

  return {
    async consider(failed) {
      if (isPrivate || failed.length === 0) return;
      const { fetchesMetadata, isPaused } = await readSettings();
      if (fetchesMetadata && !isPaused) await inTurn(() => fetchFor(failed));
    },
    fetchFor: (flowId) => inTurn(() => fetchFor([flowId])),
  };
}
