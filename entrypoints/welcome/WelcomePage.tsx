import { useEffect, useState } from "react";
import { Welcome } from "@/components/welcome/Welcome.tsx";
import { requestAccess, sampleReport, watchIndex } from "@/lib/browser/client.ts";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Access } from "@/lib/report/summary.ts";
import { useProblem } from "../inspector/use-problem.ts";

/** Wires the first-run page to the extension. */
export function WelcomePage() {
  const [access, setAccess] = useState<Access>();
  const [sample, setSample] = useState<FlowReport>();
  const onProblem = useProblem();

  useEffect(() => watchIndex((index) => setAccess(index.access)), []);
  useEffect(() => {
    sampleReport().then(setSample, onProblem);
  }, [onProblem]);

  return <Welcome access={access} sample={sample} onChoose={(sites) => void requestAccess(sites).catch(onProblem)} />;
}
