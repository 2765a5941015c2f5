import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { findingOf } from "@/components/finding-page/href.ts";
import { Inspector, type LoadedReport } from "@/components/inspector/Inspector.tsx";
import type { InspectorCommands } from "@/components/inspector/inspector-commands.ts";
import { hrefOf, parseRoute } from "@/components/inspector/route.ts";
import * as client from "@/lib/browser/client.ts";
import { findClient } from "@/lib/clients/index.ts";
import { printMarkdown } from "@/lib/report/markdown.ts";
import type { PopupIndex } from "@/lib/report/summary.ts";
import { useNews } from "../popup/use-news.ts";
import { askCommands } from "./ask-commands.ts";
import { inInspectedTab, isPanel } from "./inspected-tab.ts";
import { isOpen, openReport, prepareOpenExport, useOpenFiles, withOpen } from "./open-imports.ts";
import { useProblem } from "./use-problem.ts";

const FindingScreen = lazy(() => import("./FindingScreen.tsx").then((m) => ({ default: m.FindingScreen })));

const Exporting = lazy(() => import("./screens/Exporting.tsx"));

interface InspectorPageProps {
  readonly version: string;
  readonly unreadAlerts: number;
}

/** Wires the inspector to the extension; where one is stands in the address, so that it can be linked to. */
export function InspectorPage({ version, unreadAlerts }: InspectorPageProps) {
  const [read, setRead] = useState<PopupIndex>();
  const stored = useNews(read, isPanel);
  const [exported, setExported] = useState<string>();
  const files = useOpenFiles();
  const index = useMemo(() => stored && { ...stored, attempts: withOpen(stored.attempts, files) }, [stored, files]);
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  const [loaded, setLoaded] = useState<LoadedReport>();
  const onProblem = useProblem();
  const { flowId } = route;
  const isStored = stored?.attempts.some((attempt) => attempt.flowId === flowId) ?? false;
  const source = isStored ? client : open;
  const commands = useMemo(() => {
    // Asking takes its time, and who asked may look at another attempt by now.
    const onLoaded = (again: NonNullable<LoadedReport>) =>
      setLoaded((shown) => (shown?.flowId === again.flowId ? again : shown));
    return inspectorCommands(source, onProblem, onLoaded, setExported);
  }, [source, onProblem]);

  useEffect(() => client.watchIndex((all) => setRead(inInspectedTab(all))), []);

  useEffect(() => {
    const update = () => setRoute(parseRoute(location.hash));
    addEventListener("hashchange", update);
    return () => removeEventListener("hashchange", update);
  }, []);

  const line = index?.attempts.find((attempt) => attempt.flowId === flowId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed line in the list means a changed attempt
  useEffect(() => {
    if (flowId === undefined || index === undefined) return;
    let isCurrent = true;
    source.loadReport(flowId).then(
      (report) => isCurrent && setLoaded({ flowId, report }),
      (error: unknown) => isCurrent && onProblem(error),
    );
    return () => {
      isCurrent = false;
    };
  }, [flowId, index === undefined, line, source, onProblem]);

  const findingId = findingOf(location.hash);
  if (findingId !== undefined) {
    return (
      <Suspense fallback={null}>
        <FindingScreen id={findingId} unreadAlerts={unreadAlerts} />
      </Suspense>
    );
  }
  return (
    <>
      <Inspector
        index={index}
        route={route}
        loaded={loaded}
        now={Date.now()}
        version={version}
        unreadAlerts={unreadAlerts}
        commands={!isStored && flowId !== undefined && isOpen(flowId) ? forOpen(commands) : commands}
      />
      {exported !== undefined && (
        <Suspense fallback={null}>
          <Exporting
            prepare={() => source.prepareExport(exported)}
            onClose={() => setExported(undefined)}
            version={version}
          />
        </Suspense>
      )}
    </>
  );
}

/** An attempt of a recording that is not stored has no tab to retry in and nothing to forget. */
const forOpen = ({ retry: _, forget: __, fetchMetadata: ___, ...commands }: InspectorCommands): InspectorCommands =>
  commands;

type Source = Pick<typeof client, "loadReport" | "prepareExport">;

/** For what is not in the list of stored attempts. */
const open: Source = {
  loadReport: async (flowId) => (await openReport(flowId)) ?? client.loadReport(flowId),
  prepareExport: async (flowId) => (await prepareOpenExport(flowId)) ?? client.prepareExport(flowId),
};

function inspectorCommands(
  source: Source,
  onProblem: (error: unknown) => void,
  onLoaded: (loaded: NonNullable<LoadedReport>) => void,
  onExport: (flowId: string) => void,
): InspectorCommands {
  const reload = async (flowId: string) => onLoaded({ flowId, report: await source.loadReport(flowId) });
  return {
    asking: askCommands(reload),
    fetchMetadata: (flowId) =>
      void client
        .fetchMetadata(flowId)
        .then(() => reload(flowId))
        .catch(onProblem),
    openQuestions: (flowId) => {
      location.hash = hrefOf({ flowId, view: "ask" });
    },
    goTo: (route) => {
      location.hash = hrefOf(route);
    },
    writeReport: (report) => printMarkdown(report),
    exportTrace: onExport,
    retry: async ({ flow, diagnosis }) => ({
      outcome: await client.retry(flow.id),
      howTo: diagnosis.client && findClient(diagnosis.client.id)?.retry,
    }),
    forget: (flowId) => void client.forget(flowId).catch(onProblem),
  };
}
