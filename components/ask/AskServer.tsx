import { useMemo } from "react";
import { CertaintyMark } from "@/components/parts/CertaintyMark.tsx";
import { Icon } from "@/components/parts/Icon.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { headlineOf } from "@/lib/diagnosis/engine.ts";
import type { AskCommands } from "./ask-commands.ts";
import { QuestionCard } from "./QuestionCard.tsx";
import { strings } from "./strings.ts";
import { useAsking } from "./use-asking.ts";

interface AskServerProps {
  readonly report: FlowReport;
  readonly commands: AskCommands;
  /** Where the findings of this attempt are shown. */
  readonly causeHref: string;
}

/** The questions that fit an attempt, each announced in full before it is asked, and what was answered. */
export function AskServer({ report, commands, causeHref }: AskServerProps) {
  const questions = useMemo(() => commands.questionsFor(report), [commands, report]);
  const asking = useAsking(report, commands);
  const headline = headlineOf(report.diagnosis.findings);
  const isImported = report.flow.legs.some(({ exchange }) => exchange.source === "import");
  const unrepeatable = questions[0]?.plan.unrepeatable ?? [];
  if (questions.length === 0) {
    return (
      <div className="ask">
        <h3>{strings.nothing.title}</h3>
        <p>{strings.nothing.text}</p>
      </div>
    );
  }
  return (
    <div className="ask">
      <p className="ask-explanation">{strings.explanation}</p>
      <section className="ask-now" aria-label={strings.now}>
        <p className="section-title">{strings.now}</p>
        {headline ? (
          <p className="ask-headline" data-finding={headline.id} data-certainty={headline.certainty}>
            <CertaintyMark certainty={headline.certainty} />
            <span>{headline.title}.</span>
            <a href={causeHref}>{strings.seeCause}</a>
          </p>
        ) : (
          <p>{strings.nowNothing}</p>
        )}
      </section>
      {unrepeatable.length > 0 && (
        <p className="banner">
          <Icon name="info" />
          <span>{strings.unrepeatable(unrepeatable)}</span>
        </p>
      )}
      {questions.map((question) => (
        <QuestionCard
          key={question.id}
          question={question}
          report={report}
          asking={asking}
          now={commands.now}
          isImported={isImported}
        />
      ))}
    </div>
  );
}
