import { useEffect, useRef, useState } from "react";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Question, QuestionId } from "@/lib/probes/questions.ts";
import type { AskCommands, AskOutcome } from "./ask-commands.ts";

/** What happens with the one question that is being asked, and what came of the others. */
export interface Asking {
  readonly running?: { readonly id: QuestionId; readonly sent: number };
  readonly outcomes: Partial<Record<QuestionId, AskOutcome | "no-access" | "failed">>;
  readonly ask: (question: Question) => void;
  readonly cancel: () => void;
}

/** Asks one question at a time; leaving the screen cancels it. */
export function useAsking(report: FlowReport, commands: AskCommands): Asking {
  const [running, setRunning] = useState<Asking["running"]>();
  const [outcomes, setOutcomes] = useState<Asking["outcomes"]>({});
  const isCancelled = useRef(false);
  useEffect(() => {
    isCancelled.current = false;
    return () => {
      isCancelled.current = true;
    };
  }, []);

  const ask = async (question: Question) => {
    const { id, plan } = question;
    isCancelled.current = false;
    setRunning({ id, sent: 0 });
    try {
      const isReachable = await commands.reach(plan.hosts);
      const outcome = isReachable
        ? await commands.ask(question, report, {
            isCancelled: () => isCancelled.current,
            onSent: (sent) => setRunning({ id, sent }),
          })
        : "no-access";
      setOutcomes((all) => ({ ...all, [id]: outcome }));
    } catch {
      setOutcomes((all) => ({ ...all, [id]: "failed" }));
    }
    setRunning(undefined);
  };
  return {
    ...(running && { running }),
    outcomes,
    ask: (question) => void ask(question),
    cancel: () => {
      isCancelled.current = true;
    },
  };
}
