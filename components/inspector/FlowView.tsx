import * as Tabs from "@radix-ui/react-tabs";
import { AskServer } from "@/components/ask/AskServer.tsx";
import { AttemptView } from "@/components/attempt/AttemptView.tsx";
import { printWholeTime } from "@/components/parts/dates.ts";
import { ServerText } from "@/components/parts/ServerText.tsx";
import { StateMark } from "@/components/parts/StateMark.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { serverOf } from "@/lib/report/summary.ts";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import type { InspectorCommands } from "./inspector-commands.ts";
import { Legs } from "./Legs.tsx";
import { MetadataLadder } from "./MetadataLadder.tsx";
import { mergeRungs } from "./merge-repeats.ts";
import { hrefOf, type Route, type View, views } from "./route.ts";
import { SequenceDiagram } from "./SequenceDiagram.tsx";
import { hrefOfScreen } from "./screens.ts";
import { strings } from "./strings.ts";

interface FlowViewProps {
  readonly report: FlowReport;
  readonly route: Route;
  readonly commands: InspectorCommands;
}

export function FlowView({ report, route, commands }: FlowViewProps) {
  const { flow, diagnosis } = report;
  const goTo = (view: string) =>
    commands.goTo({ flowId: flow.id, view: views.find((name) => name === view) ?? "cause" });
  const legIds = new Set(flow.legs.map(({ exchange }) => exchange.id));
  const legHref = (exchangeId: string) =>
    legIds.has(exchangeId) ? hrefOf({ flowId: flow.id, view: "legs", exchangeId }) : undefined;
  const counts: Partial<Record<View, number>> = {
    legs: flow.legs.length,
    metadata: report.facts.metadata.status === "observed" ? mergeRungs(report.facts.metadata.value.rungs).length : 0,
  };
  return (
    <article className="flow" data-flow={flow.id} data-state={diagnosis.state}>
      <header className="flow-head">
        <h2>
          <ServerText text={shortenMiddle(serverOf(report), 80)} />
          {diagnosis.client && (
            <span className="faint">
              {" "}
              {strings.for} <ServerText text={diagnosis.client.name} />
            </span>
          )}
        </h2>
        <p className="flow-times">
          <StateMark state={diagnosis.state} />
          {diagnosis.server && (
            <span>
              {strings.recognised} {diagnosis.server.name}
            </span>
          )}
          <span>
            {strings.started}{" "}
            <time dateTime={new Date(flow.startedAt).toISOString()}>{printWholeTime(flow.startedAt)}</time>
          </span>
          <span>
            {strings.lasted} {strings.milliseconds(flow.lastAt - flow.startedAt)}
          </span>
          <a href={hrefOfScreen("compare", flow.id)}>{strings.compare}</a>
        </p>
      </header>
      <Tabs.Root value={route.view} onValueChange={goTo} activationMode="manual">
        <Tabs.List className="tabs">
          {views.map((view) => (
            <Tabs.Trigger key={view} value={view} className="tab">
              {strings.views[view]}
              {counts[view] !== undefined && <span className="tab-count">{counts[view]}</span>}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="cause" className="tab-panel readable">
          <AttemptView report={report} commands={commands} legHref={legHref} />
        </Tabs.Content>
        <Tabs.Content value="sequence" className="tab-panel">
          <SequenceDiagram report={report} />
        </Tabs.Content>
        <Tabs.Content value="legs" className="tab-panel">
          <Legs report={report} opened={route.exchangeId} />
        </Tabs.Content>
        <Tabs.Content value="metadata" className="tab-panel readable">
          <MetadataLadder
            metadata={report.facts.metadata}
            {...(commands.fetchMetadata && { onFetch: () => commands.fetchMetadata?.(report.flow.id) })}
          />
        </Tabs.Content>
        <Tabs.Content value="ask" className="tab-panel readable">
          <AskServer
            report={report}
            commands={commands.asking}
            causeHref={hrefOf({ flowId: flow.id, view: "cause" })}
          />
        </Tabs.Content>
      </Tabs.Root>
    </article>
  );
}
