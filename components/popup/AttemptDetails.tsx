import { lazy, Suspense, useEffect, useState } from "react";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { AttemptSummary } from "@/lib/report/summary.ts";
import type { PopupCommands } from "./popup-commands.ts";
import { strings } from "./strings.ts";

// The list paints first; what an opened attempt needs follows.
const AttemptView = lazy(() =>
  import("@/components/attempt/AttemptView.tsx").then((m) => ({ default: m.AttemptView })),
);

interface AttemptDetailsProps {
  readonly attempt: AttemptSummary;
  readonly commands: PopupCommands;
}

type Loaded =
  | { readonly kind: "report"; readonly report: FlowReport }
  | { readonly kind: "gone" }
  | { readonly kind: "failed"; readonly error: unknown };

/** Loads the report of one attempt, again whenever its line in the list changes; the old one stays meanwhile. */
export function AttemptDetails({ attempt, commands }: AttemptDetailsProps) {
  const [loaded, setLoaded] = useState<Loaded>();
  const { loadReport } = commands;

  useEffect(() => {
    let isCurrent = true;
    loadReport(attempt.flowId).then(
      (report) => isCurrent && setLoaded(report ? { kind: "report", report } : { kind: "gone" }),
      (error: unknown) => isCurrent && setLoaded({ kind: "failed", error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [attempt, loadReport]);

  // The boundary around the popup says that Hopscope itself failed.
  if (loaded?.kind === "failed") throw loaded.error;
  if (loaded?.kind === "gone") return <p className="loading">{strings.gone}</p>;
  if (loaded === undefined) return <Loading />;
  return (
    <Suspense fallback={<Loading />}>
      <AttemptView report={loaded.report} commands={commands} />
    </Suspense>
  );
}

export function Loading() {
  return (
    <p className="loading" role="status">
      {strings.loadingAttempt}
    </p>
  );
}
