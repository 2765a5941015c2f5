import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { browser } from "wxt/browser";
import type { Explanation } from "@/components/popup/ExplanationView.tsx";
import { Popup } from "@/components/popup/Popup.tsx";
import { prepareExport, watchIndex } from "@/lib/browser/client.ts";
import { type AskedNewest, showNewest } from "@/lib/browser/newest.ts";
import type { PopupIndex } from "@/lib/report/summary.ts";
import { useProblem } from "../inspector/use-problem.ts";
import { popupCommands } from "./popup-commands.ts";
import { useNews } from "./use-news.ts";
import { type TabInView, useTab } from "./use-tab.ts";

const Exporting = lazy(() => import("../inspector/screens/Exporting.tsx"));

interface PopupPageProps {
  /** What was asked for while this page was loading. */
  readonly newest: AskedNewest;
}

/** What *Explain this page* made of what was in view. */
interface Explained {
  readonly tab: TabInView | undefined;
  readonly explanation: Explanation;
}

/** Wires the popup, or the side panel, to the extension. */
export function PopupPage({ newest }: PopupPageProps) {
  const [stored, setStored] = useState<PopupIndex | undefined>(() => {
    const read = newest.read();
    return read && showNewest(read);
  });
  const index = useNews(stored);
  const [explained, setExplained] = useState<Explained>();
  const onProblem = useProblem();
  const [exported, setExported] = useState<string>();
  const tab = useTab();
  const commands = useMemo(
    () =>
      popupCommands({
        // What comes late, when another page is in view, is not about that one.
        onExplained: (explanation) =>
          setExplained((shown) =>
            explanation.status === "reading" || shown?.tab === tab ? { tab, explanation } : shown,
          ),
        onProblem,
        onExport: setExported,
      }),
    [tab, onProblem],
  );

  useEffect(() => watchIndex(setStored, newest), [newest]);

  const tabId = tab?.id;
  const isWhole = index !== undefined && index.older === undefined;
  const isNews = isWhole && tabId !== undefined && !index.attempts.some((a) => a.tabIds.includes(tabId));
  useEffect(() => {
    // Somebody opened Hopscope on a page it did not watch: that click alone permits to read and explain it.
    if (isNews) commands.explainPage();
    else setExplained(undefined);
  }, [isNews, commands]);

  return (
    <>
      <Popup
        index={index}
        tabId={tabId}
        siteHost={tab?.host}
        now={Date.now()}
        pageExplanation={explained?.tab === tab ? explained?.explanation : undefined}
        commands={{ ...commands, chooseSites: openWelcome }}
      />
      {exported !== undefined && (
        <Suspense fallback={null}>
          <Exporting
            prepare={() => prepareExport(exported)}
            onClose={() => setExported(undefined)}
            version={browser.runtime.getManifest().version}
          />
        </Suspense>
      )}
    </>
  );
}

function openWelcome(): void {
  void browser.tabs.create({ url: `${browser.runtime.getURL("/welcome.html" as "/")}#access` });
}
