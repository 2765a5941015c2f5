import { AttemptView } from "@/components/attempt/AttemptView.tsx";
import { Logo } from "@/components/parts/Logo.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import { StateMark } from "@/components/parts/StateMark.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { type Access, serverOf } from "@/lib/report/summary.ts";
import { SiteAccess, type SiteAccessProps } from "./SiteAccess.tsx";
import { strings } from "./strings.ts";

interface WelcomeProps {
  /** Undefined until the browser was asked. */
  readonly access: Access | undefined;
  readonly sample: FlowReport | undefined;
  readonly onChoose: SiteAccessProps["onChoose"];
}

/** The first-run page. */
export function Welcome({ access, sample, onChoose }: WelcomeProps) {
  return (
    <main className="welcome">
      <div className="welcome-columns">
        <div>
          <header className="welcome-head">
            <Logo />
            <h1>{strings.title}</h1>
            <p>{strings.lead}</p>
          </header>
          <SiteAccess access={access} onChoose={onChoose} />
          <Promises {...strings.watched} />
          <Promises {...strings.kept} />
        </div>
        <section className="sample">
          <h2>{strings.sample.title}</h2>
          <p className="faint">{strings.sample.text}</p>
          {sample ? <Sample report={sample} /> : <p className="loading">{strings.sample.loading}</p>}
        </section>
      </div>
    </main>
  );
}

function Promises({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  return (
    <section className="promises">
      <h2>{title}</h2>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  );
}

function Sample({ report }: { readonly report: FlowReport }) {
  return (
    <div className="sample-card" data-flow={report.flow.id} data-state={report.diagnosis.state}>
      <p className="sample-parties">
        <StateMark state={report.diagnosis.state} />
        <ServerText text={serverOf(report)} />
      </p>
      <AttemptView report={report} commands={{}} />
    </div>
  );
}
