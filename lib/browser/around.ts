import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { orderAttempts } from "@/lib/diagnosis/history.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import { openFor } from "@/lib/trace/attempt.ts";
import type { Store, Timeline } from "./store.ts";
import { correlateUnit, type Others, readUnit, reportUnit, sessionOfUnit } from "./unit.ts";
import type { UnitSearch } from "./unit-shelf.ts";

export interface Stored {
  readonly store: Pick<Store, "since"> & Timeline;
  readonly shelf: UnitSearch;
  readonly asOf: number;
}

interface Around {
  readonly observations: readonly Observation[];
  readonly reports: readonly FlowReport[];
}

/** This attempt and those around it, diagnosed now. */
export async function readAround(flowId: string, { store, shelf, asOf }: Stored): Promise<Around> {
  const unit = await shelf.withFlow(flowId).catch(() => undefined);
  if (unit) {
    // More may have been stored since the worker last looked.
    const to = sessionOfUnit(unit.key) === undefined && asOf - unit.to <= openFor ? Math.max(unit.to, asOf) : unit.to;
    const own = await readUnit(store, { ...unit, to });
    const others = othersOn(shelf);
    const { flows, linked } = await correlateUnit(own, { timeline: store, others });
    const reports = await reportUnit(flows, asOf, others);
    if (flows.some(({ id }) => id === flowId)) return { observations: [...own, ...linked], reports };
  }
  // The worker has not got to it yet.
  const observations = await store.since(0);
  return { observations, reports: diagnose(observations, { asOf }) };
}

const othersOn = (shelf: UnitSearch): Others => ({
  async links(keys, unit) {
    const found = (await shelf.withLinks(keys)).filter(({ key }) => key !== unit);
    return found.flatMap(({ links }) => links.filter(({ key }) => keys.includes(key)));
  },
  async histories(keys) {
    const rows = (await shelf.withAttempts(keys)).flatMap((unit) => unit.rows);
    return new Map(
      [...new Set(keys)].map((key) => [
        key,
        orderAttempts(rows.flatMap((row) => (row.key === key && row.attempt ? row.attempt : []))),
      ]),
    );
  },
});
