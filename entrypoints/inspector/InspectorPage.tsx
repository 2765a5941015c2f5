import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { findingOf } from "@/components/finding-page/href.ts";
import { Inspector, type LoadedReport } from "@/components/inspector/Inspector.tsx";
import type { InspectorCommands } from "@/components/inspector/inspector-commands.ts";
import { hrefOf, parseRoute } from "@/components/inspector/route.ts";
import * as client from "@/lib/browser/client.ts";
import { findClient } from "@/lib/clients/index.ts";
import { printMarkdown } from "@/lib/report/markdown.ts";
import type { PopupIndex } from "@/lib/report/summary.ts";
import { askCommands } from "./ask-commands.ts";

const FindingScreen = lazy(() => import("./FindingScreen.tsx").then((m) => ({ default: m.FindingScreen })));

/** Wires the inspector to the extension; where one is stands in the address, so that it can be linked to. */
export function InspectorPage({ version }: { readonly version: string }) {
  const [index, setIndex] = useState<PopupIndex>();
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  const [loaded, setLoaded] = useState<LoadedReport>();
  const [problem, setProblem] = useState<{ readonly error: unknown }>();
  const { flowId } = route;
  const commands = useMemo(() => inspectorCommands((error) => setProblem({ error }), setLoaded), []);

  useEffect(() => client.watchIndex(setIndex), []);

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
    client.loadReport(flowId).then(
      (report) => isCurrent && setLoaded({ flowId, report }),
      (error: unknown) => isCurrent && setProblem({ error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [flowId, index === undefined, line]);

  if (problem) throw problem.error;
  const findingId = findingOf(location.hash);
  if (findingId !== undefined) {
    return (
      <Suspense fallback={null}>
        <FindingScreen id={findingId} />
      </Suspense>
    );
  }
  return (
    <Inspector index={index} route={route} loaded={loaded} now={Date.now()} version={version} commands={commands} />
  );
}

function inspectorCommands(
  onProblem: (error: unknown) => void,
  onLoaded: (loaded: LoadedReport) => void,
): InspectorCommands {
  const reload = async (flowId: string) => onLoaded({ flowId, report: await client.loadReport(flowId) });
  return {
    asking: askCommands(reload),
    goTo: (route) => {
      location.hash = hrefOf(route);
    },
    writeReport: (report) => printMarkdown(report),
    exportTrace: (flowId) => void client.exportTrace(flowId).catch(onProblem),
    retry: async ({ flow, diagnosis }) => ({
      outcome: await client.retry(flow.id),
      howTo: diagnosis.client && findClient(diagnosis.client.id)?.retry,
    }),
    forget: (flowId) => void client.forget(flowId).catch(onProblem),
  };
}
