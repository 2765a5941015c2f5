import { useEffect, useMemo, useState } from "react";
import { FindingPage, type FindingText } from "@/components/finding-page/FindingPage.tsx";
import "@/components/finding-page/finding-page.css";
import { Shell } from "@/components/inspector/Shell.tsx";
import { useProblem } from "./use-problem.ts";

/** Packed with the extension, one file each; nothing is read from anywhere else. */
const pages = import.meta.glob<string>("../../docs/findings/*.md", { query: "?raw", import: "default" });
const pathOf = (id: string) => `../../docs/findings/${id}.md`;
const ids = new Set(Object.keys(pages).map((path) => path.slice(pathOf("").length - 3, -3)));

interface FindingScreenProps {
  readonly id: string;
  readonly unreadAlerts: number;
}

export function FindingScreen({ id, unreadAlerts }: FindingScreenProps) {
  const onProblem = useProblem();
  const [shown, setShown] = useState<{ readonly id: string; readonly text: FindingText }>();
  useEffect(() => {
    const load = ids.has(id) ? pages[pathOf(id)] : undefined;
    let isCurrent = true;
    if (load)
      load().then(
        (text) => isCurrent && setShown({ id, text }),
        (error: unknown) => isCurrent && onProblem(error),
      );
    else setShown({ id, text: "missing" });
    return () => {
      isCurrent = false;
    };
  }, [id, onProblem]);
  // A page that links to itself leads nowhere.
  const others = useMemo(() => new Set([...ids].filter((other) => other !== id)), [id]);

  return (
    <Shell screen="attempts" unreadAlerts={unreadAlerts}>
      <FindingPage text={shown?.id === id ? shown.text : undefined} ids={others} />
    </Shell>
  );
}
