import type { ComponentProps } from "react";
import type { Inspector } from "@/components/inspector/Inspector.tsx";
import type { InspectorCommands } from "@/components/inspector/inspector-commands.ts";
import type { Route } from "@/components/inspector/route.ts";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { summarise } from "@/lib/report/summary.ts";
import { hostileReport, longReport } from "./hostile.ts";
import {
  at,
  connectedReport,
  deliveredReport,
  incompleteReport,
  redirectReport,
  report,
  unknownClientReport,
} from "./reports.ts";

type InspectorProps = ComponentProps<typeof Inspector>;

export const inspectorCommands: InspectorCommands = {
  asking: { questionsFor: () => [], reach: async () => false, ask: () => Promise.reject(new Error()), now: () => at },
  goTo: () => undefined,
  writeReport: () => "report",
  exportTrace: () => undefined,
  retry: async () => ({ outcome: "start-in-client" }),
  forget: () => undefined,
};

const recorded = [redirectReport, unknownClientReport, connectedReport, deliveredReport, incompleteReport];

export function inspectorProps(reports: readonly FlowReport[], route: Route, report?: FlowReport): InspectorProps {
  return {
    index: { attempts: reports.map(summarise), access: "all", isPaused: false, gaps: 0 },
    route,
    loaded: route.flowId === undefined ? undefined : { flowId: route.flowId, report },
    now: at + 130_000,
    version: "0.1.0",
    commands: inspectorCommands,
  };
}

const many = Array.from({ length: 10_000 }, (_, number) =>
  report({
    id: `many-${number}`,
    flow: { startedAt: at - number * 60_000 },
    diagnosis: number % 3 === 0 ? { client: { id: "cursor", name: `Cursor ${number}` } } : connectedReport.diagnosis,
  }),
);

const show = (report: FlowReport, rest: Partial<Route> = {}) =>
  inspectorProps([...recorded, hostileReport, longReport], { flowId: report.flow.id, view: "cause", ...rest }, report);

export const inspectorScenes: readonly { readonly name: string; readonly props: InspectorProps }[] = [
  { name: "empty", props: inspectorProps([], { view: "cause" }) },
  { name: "list", props: inspectorProps(recorded, { view: "cause" }) },
  { name: "many", props: inspectorProps(many, { view: "cause" }) },
  { name: "loading", props: { ...inspectorProps([], { view: "cause" }), index: undefined } },
  { name: "gone", props: inspectorProps(recorded, { flowId: "gone", view: "cause" }) },
  { name: "cause", props: show(redirectReport) },
  { name: "sequence", props: show(redirectReport, { view: "sequence" }) },
  { name: "legs", props: show(redirectReport, { view: "legs", exchangeId: "x1" }) },
  { name: "metadata", props: show(redirectReport, { view: "metadata" }) },
  { name: "hostile", props: show(hostileReport) },
  { name: "hostile-sequence", props: show(hostileReport, { view: "sequence" }) },
  { name: "long-values", props: show(longReport) },
];
