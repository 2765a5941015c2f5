import { hrefOf } from "@/components/inspector/route.ts";
import { hrefOfScreen } from "@/components/inspector/screens.ts";
import { Moment } from "@/components/parts/Moment.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import { StateMark } from "@/components/parts/StateMark.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { headlineOf } from "@/lib/diagnosis/engine.ts";
import { compareAttempts, legLimit } from "@/lib/report/compare.ts";
import { serverOf } from "@/lib/report/summary.ts";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import { ComparedLegs } from "./ComparedLegs.tsx";
import { ComparedParameters } from "./ComparedParameters.tsx";
import { strings } from "./strings.ts";

/** Both attempts, once they were loaded; an absent report is one that is gone. */
export type LoadedPair = { readonly left: FlowReport | undefined; readonly right: FlowReport | undefined } | undefined;

interface CompareProps {
  readonly loaded: LoadedPair;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export function Compare({ loaded, now }: CompareProps) {
  return (
    <main className="screen compare">
      <div className="screen-head">
        <h2>{strings.title}</h2>
        {loaded?.left && loaded.right && (
          <a href={hrefOfScreen("compare", loaded.right.flow.id, loaded.left.flow.id)}>{strings.swap}</a>
        )}
        <p>{strings.lead}</p>
      </div>
      <Content loaded={loaded} now={now} />
    </main>
  );
}

function Content({ loaded, now }: CompareProps) {
  if (!loaded)
    return (
      <p className="loading" role="status">
        {strings.loading}
      </p>
    );
  const { left, right } = loaded;
  if (!left || !right)
    return (
      <div className="screen-empty">
        <h3>{strings.gone.title}</h3>
        <p>{strings.gone.text}</p>
      </div>
    );
  const { parameters, legs } = compareAttempts(left, right);
  const isLong = Math.max(left.flow.legs.length, right.flow.legs.length) > legLimit;
  return (
    <>
      <div className="compared-attempts">
        <Side title={strings.left} report={left} now={now} />
        <Side title={strings.right} report={right} now={now} />
      </div>
      <ComparedParameters parameters={parameters} />
      <ComparedLegs legs={legs} left={left.flow.id} right={right.flow.id} />
      {isLong && <p className="faint">{strings.cap(legLimit)}</p>}
    </>
  );
}

function Side({ title, report, now }: { readonly title: string; readonly report: FlowReport; readonly now: number }) {
  const { diagnosis, flow } = report;
  const headline = headlineOf(diagnosis.findings);
  return (
    <section className="compared-attempt" data-flow={flow.id} aria-label={title}>
      <h3 className="section-title">{title}</h3>
      <p className="compared-line">
        <StateMark state={diagnosis.state} />
        <Moment at={flow.startedAt} now={now} />
      </p>
      <p>
        <a href={hrefOf({ flowId: flow.id, view: "cause" })}>
          <ServerText text={shortenMiddle(serverOf(report), 60)} />
        </a>
        {diagnosis.client && (
          <span className="faint">
            {" "}
            {strings.for} <ServerText text={shortenMiddle(diagnosis.client.name, 60)} />
          </span>
        )}
      </p>
      {headline && <p>{headline.title}</p>}
    </section>
  );
}
