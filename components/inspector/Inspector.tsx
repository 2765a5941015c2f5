import type { ReactNode } from "react";
import { FailureBoundary } from "@/components/parts/FailureBoundary.tsx";
import { Logo } from "@/components/parts/Logo.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { PopupIndex } from "@/lib/report/summary.ts";
import { FlowList } from "./FlowList.tsx";
import { FlowView } from "./FlowView.tsx";
import type { InspectorCommands } from "./inspector-commands.ts";
import type { Route } from "./route.ts";
import { Shell } from "./Shell.tsx";
import { hrefOfScreen } from "./screens.ts";
import { strings } from "./strings.ts";

/** What was loaded for the route: still loading, gone, or there. */
export type LoadedReport = { readonly flowId: string; readonly report: FlowReport | undefined } | undefined;

interface InspectorProps {
  readonly index: PopupIndex | undefined;
  readonly route: Route;
  readonly loaded: LoadedReport;
  readonly now: number;
  readonly version: string;
  readonly unreadAlerts?: number | undefined;
  readonly commands: InspectorCommands;
}

export function Inspector({ index, route, loaded, now, version, unreadAlerts, commands }: InspectorProps) {
  // Where there is room for one of them only: the list while there is something to choose.
  const isChoosing = route.flowId === undefined && index?.attempts.length !== 0;
  return (
    <Shell screen="attempts" unreadAlerts={unreadAlerts}>
      <main className="inspector-body" data-showing={isChoosing ? "list" : "detail"}>
        <div className="inspector-list">
          {index ? (
            <FlowList attempts={index.attempts} now={now} selected={route.flowId} />
          ) : (
            <p className="loading" role="status">
              {strings.loadingList}
            </p>
          )}
        </div>
        <div className="inspector-detail">
          {route.flowId !== undefined && (
            <a className="flow-back" href={hrefOfScreen("attempts")}>
              {strings.back}
            </a>
          )}
          <FailureBoundary extent="part" key={route.flowId} version={version}>
            <Detail index={index} route={route} loaded={loaded} commands={commands} />
          </FailureBoundary>
        </div>
      </main>
    </Shell>
  );
}

type DetailProps = Pick<InspectorProps, "index" | "route" | "loaded" | "commands">;

function Detail({ index, route, loaded, commands }: DetailProps) {
  if (route.flowId === undefined) {
    // Nobody can choose from a list that is not there yet.
    if (index === undefined) return null;
    return index.attempts.length === 0 ? <Empty /> : <Message {...strings.choose} />;
  }
  if (loaded?.flowId !== route.flowId) {
    return (
      <p className="loading" role="status">
        {strings.loading}
      </p>
    );
  }
  if (!loaded.report) return <Message {...strings.gone} />;
  return <FlowView report={loaded.report} route={route} commands={commands} />;
}

function Empty() {
  return (
    <Message {...strings.empty}>
      <div className="actions">
        <a className="button" href={hrefOfScreen("import")}>
          {strings.empty.toImport}
        </a>
        <a className="button" href={hrefOfScreen("check")}>
          {strings.empty.toCheck}
        </a>
      </div>
    </Message>
  );
}

interface MessageProps {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}

function Message({ title, text, children }: MessageProps) {
  return (
    <div className="inspector-message">
      <Logo />
      <h2>{title}</h2>
      <p className="faint">{text}</p>
      {children}
    </div>
  );
}
