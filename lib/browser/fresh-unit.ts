import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { historyFor, readFlow, reportFlow } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import { openFor } from "@/lib/trace/attempt.ts";
import type { Flow } from "@/lib/trace/flow.ts";
import { inOrder } from "@/lib/trace/fold.ts";
import type { Range } from "@/lib/trace/units.ts";
import { type Context, keyOfUnit, type Others, type Row, rowOf, sayTold } from "./unit.ts";

interface Remembered {
  /** The whole attempt: nothing else decides its report but what the others told it, and the time while it is under way. */
  readonly text: string;
  readonly report: FlowReport;
  readonly row: Row;
}

/** Attempts of one unit that are remembered whole; a unit is a day at most for whoever has that many. */
const mostRemembered = 1_000;

/** The unit that is being written to: what was read and diagnosed of it is not read and diagnosed again. */
export interface FreshUnit {
  /** Its observations with these, when nothing else can have come to it. */
  with(key: string, added: readonly Observation[], range: Range): readonly Observation[] | undefined;
  of(key: string): readonly Observation[] | undefined;
  hold(own: readonly Observation[]): void;
  drop(): void;
  report(
    key: string,
    flows: readonly Flow[],
    context: Context,
    others: Pick<Others, "histories">,
  ): Promise<{ readonly rows: readonly Row[]; readonly reports: readonly FlowReport[] }>;
}

export function createFreshUnit(): FreshUnit {
  let held: { readonly key: string; readonly own: readonly Observation[] } | undefined;
  let remembered = new Map<string, Remembered>();

  const hold = (own: readonly Observation[]) => {
    const [first] = own;
    held = first && { key: keyOfUnit(first), own };
  };

  return {
    with(key, added, { from, to }) {
      const here = added.filter(({ at }) => at >= from && at <= to);
      // A recording among them is a unit of its own.
      if (held?.key !== key || here.length === 0 || here.some(({ source }) => source === "import")) return undefined;
      hold(inOrder([...held.own, ...here]));
      return held.own;
    },
    of: (key) => (held?.key === key ? held.own : undefined),
    hold,
    drop() {
      held = undefined;
      remembered = new Map();
    },
    async report(key, flows, context, others) {
      const isHeld = held?.key === key && flows.length <= mostRemembered;
      const before = remembered;
      if (held?.key === key) remembered = new Map();
      const read = flows.map((flow) => {
        const text = isHeld ? JSON.stringify(flow) : "";
        const known = isHeld ? before.get(flow.id) : undefined;
        const same = known?.text === text ? known : undefined;
        return { text, same, read: same ? reread(same.report, same.row) : readFlow(flow) };
      });
      const histories = await others.histories(read.flatMap((each) => each.read.key ?? []));
      const rows: Row[] = [];
      const reports: FlowReport[] = [];
      for (const { text, same, read: each } of read) {
        const around = historyFor(each, histories);
        const told = sayTold(around);
        const isSame = same?.row.told === told && same.row.summary.state !== "in-progress";
        const report = isSame ? same.report : reportFlow(each, around, context);
        const row = isSame ? same.row : rowOf(each, report, told, context.isImported(each.flow.session));
        rows.push(row);
        if (context.asOf - each.flow.lastAt < openFor) reports.push(report);
        if (isHeld) remembered.set(each.flow.id, { text, report, row });
      }
      return { rows, reports };
    },
  };
}

const reread = ({ flow, facts }: FlowReport, { key, attempt }: Row) => ({
  flow,
  facts,
  ...(key !== undefined && { key }),
  ...(attempt && { attempt }),
});
