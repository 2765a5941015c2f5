import "@/components/compare/compare.css";
import { useEffect, useMemo, useState } from "react";
import { ChooseAttempt } from "@/components/compare/ChooseAttempt.tsx";
import { Compare, type LoadedPair } from "@/components/compare/Compare.tsx";
import { partsOf } from "@/components/inspector/screens.ts";
import * as client from "@/lib/browser/client.ts";
import type { PopupIndex } from "@/lib/report/summary.ts";
import { openReport, useOpenFiles, withOpen } from "../open-imports.ts";
import { useProblem } from "../use-problem.ts";

export default function CompareScreen() {
  const [[left = "", right = ""], setSides] = useState(() => partsOf(location.hash).slice(1));
  const [index, setIndex] = useState<PopupIndex>();
  const [loaded, setLoaded] = useState<LoadedPair>();
  const onProblem = useProblem();
  const files = useOpenFiles();
  const attempts = useMemo(() => index && withOpen(index.attempts, files), [index, files]);

  useEffect(() => client.watchIndex(setIndex), []);
  useEffect(() => {
    const update = () => setSides(partsOf(location.hash).slice(1));
    addEventListener("hashchange", update);
    return () => removeEventListener("hashchange", update);
  }, []);
  useEffect(() => {
    if (right === "") return;
    let isCurrent = true;
    setLoaded(undefined);
    Promise.all([load(left), load(right)]).then(
      ([one, other]) => isCurrent && setLoaded({ left: one, right: other }),
      (error: unknown) => isCurrent && onProblem(error),
    );
    return () => {
      isCurrent = false;
    };
  }, [left, right, onProblem]);

  if (right === "") return <ChooseAttempt attempts={attempts} flowId={left} now={Date.now()} />;
  return <Compare loaded={loaded} now={Date.now()} />;
}

const load = async (flowId: string) => (await openReport(flowId)) ?? client.loadReport(flowId);
