import { lazy, Suspense } from "react";
import { ServerText } from "@/components/parts/ServerText.tsx";
import { StateMark } from "@/components/parts/StateMark.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { serverOf } from "@/lib/report/summary.ts";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import { Loading } from "./AttemptDetails.tsx";
import type { PopupCommands } from "./popup-commands.ts";
import { strings } from "./strings.ts";

const AttemptView = lazy(() =>
  import("@/components/attempt/AttemptView.tsx").then((m) => ({ default: m.AttemptView })),
);

/** What was made of the current page or of pasted text; `report` is absent when there was nothing to explain. */
export type Explanation =
  | { readonly of: "page" | "pasted"; readonly status: "reading" }
  | { readonly of: "page" | "pasted"; readonly status: "done"; readonly report?: FlowReport | undefined };

interface ExplanationViewProps {
  readonly explanation: Explanation;
  readonly commands: PopupCommands;
  readonly onClose: (() => void) | undefined;
}

export function ExplanationView({ explanation, commands, onClose }: ExplanationViewProps) {
  const isPage = explanation.of === "page";
  const report = explanation.status === "done" ? explanation.report : undefined;
  return (
    <section
      className="explanation attempt"
      aria-label={strings.explanation[explanation.of]}
      {...(report && { "data-flow": report.flow.id, "data-state": report.diagnosis.state })}
    >
      <div className="explanation-head">
        <h2 className="section-title">{strings.explanation[explanation.of]}</h2>
        {onClose && (
          <button type="button" className="text-button" onClick={onClose}>
            {strings.explanation.close}
          </button>
        )}
      </div>
      {explanation.status === "reading" && (
        <p className="loading" role="status">
          {strings.explanation.reading}
        </p>
      )}
      {explanation.status === "done" && !report && (
        <p className="loading" role="status">
          {isPage ? strings.explanation.nothingOnPage : strings.explanation.nothingInText}
        </p>
      )}
      {report && (
        <>
          <p className="explanation-parties">
            <StateMark state={report.diagnosis.state} />
            <span className="attempt-server">
              <ServerText text={shortenMiddle(serverOf(report), 40)} />
            </span>
          </p>
          <Suspense fallback={<Loading />}>
            {/* Nothing of it is stored, so there is nothing to export, reopen or forget. */}
            <AttemptView report={report} commands={commands.writeReport ? { writeReport: commands.writeReport } : {}} />
          </Suspense>
        </>
      )}
    </section>
  );
}
