import type { ComponentProps } from "react";
import type { Popup } from "@/components/popup/Popup.tsx";
import type { PopupCommands } from "@/components/popup/popup-commands.ts";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { type PopupIndex, summarise } from "@/lib/report/summary.ts";
import { hostileReport, longReport } from "./hostile.ts";
import {
  at,
  connectedReport,
  deliveredReport,
  incompleteReport,
  inProgressReport,
  possibleReport,
  redirectReport,
  refusedCodeReport,
  report,
  unexplainedReport,
  unknownClientReport,
} from "./reports.ts";

const nothing = () => undefined;

export function commandsFor(reports: readonly FlowReport[]): PopupCommands {
  return {
    loadReport: async (flowId) => reports.find((known) => known.flow.id === flowId),
    explainPasted: async () => undefined,
    explainPage: nothing,
    writeReport: () => "report",
    exportTrace: nothing,
    openInspector: nothing,
    openQuestions: nothing,
    retry: async () => ({ outcome: "start-in-client", howTo: "Run “MCP: List Servers” and start the server." }),
    forget: nothing,
    forgetAll: nothing,
    pause: nothing,
    resume: nothing,
    ignoreSite: nothing,
    allowEverySite: nothing,
    chooseSites: nothing,
  };
}

type PopupProps = ComponentProps<typeof Popup>;

export function popupProps(
  reports: readonly FlowReport[],
  { index, ...props }: Partial<Omit<PopupProps, "index">> & { readonly index?: Partial<PopupIndex> } = {},
): PopupProps {
  return {
    index: { attempts: reports.map(summarise), access: "all", isPaused: false, gaps: 0, ...index },
    tabId: 7,
    siteHost: "auth.example.com",
    now: at + 130_000,
    commands: commandsFor(reports),
    ...props,
  };
}

const elsewhere = [connectedReport, deliveredReport, inProgressReport, incompleteReport].map((known, number) =>
  report({
    id: `other-${number}`,
    diagnosis: known.diagnosis,
    flow: { tabIds: [90 + number], startedAt: at - 3_600_000 * (number + 1) },
  }),
);

/** One per state that the popup can be in. */
export const popupScenes: readonly { readonly name: string; readonly props: PopupProps }[] = [
  { name: "failure", props: popupProps([redirectReport, ...elsewhere]) },
  { name: "failure-likely", props: popupProps([unknownClientReport]) },
  { name: "failure-possible", props: popupProps([possibleReport]) },
  { name: "failure-apart", props: popupProps([refusedCodeReport]) },
  { name: "failure-unexplained", props: popupProps([unexplainedReport]) },
  { name: "connected", props: popupProps([connectedReport, redirectReport]) },
  { name: "code-delivered", props: popupProps([deliveredReport]) },
  { name: "empty", props: popupProps([]) },
  { name: "empty-no-access", props: popupProps([], { index: { access: "none" } }) },
  { name: "access-withheld", props: popupProps(elsewhere, { index: { access: "withheld" } }) },
  { name: "access-some", props: popupProps([connectedReport], { index: { access: "some" } }) },
  { name: "paused", props: popupProps([deliveredReport], { index: { isPaused: true } }) },
  { name: "gaps", props: popupProps([incompleteReport], { index: { gaps: 2 } }) },
  { name: "in-progress", props: popupProps([inProgressReport]) },
  { name: "loading", props: { ...popupProps([]), index: undefined } },
  {
    name: "explained",
    props: popupProps([], {
      index: { access: "none" },
      pageExplanation: { of: "page", status: "done", report: unknownClientReport },
    }),
  },
  {
    name: "explained-nothing",
    props: popupProps([], { pageExplanation: { of: "page", status: "done" } }),
  },
  { name: "hostile", props: popupProps([hostileReport]) },
  { name: "long-values", props: popupProps([longReport]) },
];
