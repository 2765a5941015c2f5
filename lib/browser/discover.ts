import { browser } from "wxt/browser";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { dueDiscoveries } from "@/lib/discovery/due.ts";
import { hopOf } from "@/lib/discovery/hop.ts";
import { type DiscoveryStart, runDiscovery } from "@/lib/discovery/run.ts";
import type { Flow } from "@/lib/trace/flow.ts";
import type { Record } from "./capture/draft.ts";
import { createSend } from "./sender.ts";
import { readSettings } from "./settings.ts";

interface Parts {
  readonly record: Record;
  readonly now: () => number;
}

export interface Discovery {
  /** For attempts that just failed, when the settings let Hopscope ask by itself. */
  followUp(reports: readonly FlowReport[]): Promise<void>;
  /** For the attempt that the user opened; `isByHand` when they pressed the button, whatever the settings say. */
  discover(flowId: string, reports: readonly FlowReport[], isByHand: boolean): Promise<void>;
}

/** An attempt of last week is not news; its server is asked when somebody opens it. */
const isNewsFor = 10 * 60_000;

/**
 * Fetches the metadata of an attempt's server: without credentials, from granted hosts, never in a private window. What comes
 * back is recorded like everything else that was seen.
 */
export function createDiscovery({ record, now }: Parts): Discovery {
  const send = createSend();
  const running = new Set<string>();

  async function climb(flow: Flow, start: DiscoveryStart): Promise<void> {
    if (running.has(flow.id)) return;
    running.add(flow.id);
    const options = { send, now, session: "", run: String(now()), about: flow.id, repeats: 2, onObservation: record };
    await runDiscovery(start, options).finally(() => running.delete(flow.id));
  }
  async function climbAll(candidates: readonly FlowReport[], all: readonly FlowReport[]): Promise<void> {
    const flows = all.map(({ flow }) => flow);
    for (const { flow, start } of dueDiscoveries(
      candidates.map((report) => report.flow),
      flows,
      now(),
    ))
      await climb(flow, start);
  }

  return {
    async followUp(reports) {
      const failed = reports.filter(
        ({ diagnosis, flow }) => diagnosis.state === "not-connected" && now() - flow.lastAt < isNewsFor,
      );
      if (failed.length > 0 && (await mayAsk())) await climbAll(failed, reports);
    },
    async discover(flowId, reports, isByHand) {
      const opened = reports.filter(({ flow }) => flow.id === flowId);
      if (!isByHand) {
        if (await mayAsk()) await climbAll(opened, reports);
        return;
      }
      const [report] = opened;
      const hop = report && hopOf(report.flow.legs.map(({ exchange }) => exchange));
      if (hop && !browser.extension.inIncognitoContext) await climb(report.flow, { from: "hop", hop });
    },
  };
}

async function mayAsk(): Promise<boolean> {
  return !browser.extension.inIncognitoContext && (await readSettings()).fetchesMetadata;
}
