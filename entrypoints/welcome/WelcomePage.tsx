import { useEffect, useState } from "react";
import { Welcome } from "@/components/welcome/Welcome.tsx";
import { requestAccess, sampleReport, watchIndex } from "@/lib/browser/client.ts";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Access } from "@/lib/report/summary.ts";

/** Wires the first-run page to the extension. */
export function WelcomePage() {
  const [access, setAccess] = useState<Access>();
  const [sample, setSample] = useState<FlowReport>();
  const [problem, setProblem] = useState<{ readonly error: unknown }>();

  useEffect(() => watchIndex((index) => setAccess(index.access)), []);
  useEffect(() => {
    sampleReport().then(setSample, (error: unknown) => setProblem({ error }));
  }, []);

  if (problem) throw problem.error;
  return (
    <Welcome
      access={access}
      sample={sample}
      onChoose={(sites) => void requestAccess(sites).catch((error: unknown) => setProblem({ error }))}
    />
  );
}
