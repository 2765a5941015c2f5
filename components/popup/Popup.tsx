import { useState } from "react";
import { Icon } from "@/components/parts/Icon.tsx";
import { Logo } from "@/components/parts/Logo.tsx";
import type { AttemptSummary, PopupIndex } from "@/lib/report/summary.ts";
import { AttemptList } from "./AttemptList.tsx";
import { Banners } from "./Banners.tsx";
import { Controls } from "./Controls.tsx";
import { EmptyState } from "./EmptyState.tsx";
import { type Explanation, ExplanationView } from "./ExplanationView.tsx";
import { PasteBox } from "./PasteBox.tsx";
import type { PopupCommands } from "./popup-commands.ts";
import { strings } from "./strings.ts";

interface PopupProps {
  /** Undefined until the stored index was read. */
  readonly index: PopupIndex | undefined;
  readonly tabId?: number | undefined;
  /** Host of the current tab, when it may be known. */
  readonly siteHost?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What *Explain this page* made of the current tab, once it was asked. */
  readonly pageExplanation?: Explanation | undefined;
  readonly commands: PopupCommands;
}

/** Other attempts beyond this are in the inspector. */
const recentLimit = 20;

export function Popup({ index, tabId, siteHost, now, pageExplanation, commands }: PopupProps) {
  const [pasted, setPasted] = useState<Explanation>();
  // A page that became a stored attempt is shown as that attempt, with all that can be done with it.
  const explained = pageExplanation?.status === "done" ? pageExplanation.report?.flow.id : undefined;
  const isStored = index?.attempts.some(({ flowId }) => flowId === explained) ?? false;
  const explanation = pasted ?? (isStored ? undefined : pageExplanation);
  return (
    <div className="popup">
      <header className="popup-head">
        <h1 className="brand">
          <Logo />
          {strings.name}
        </h1>
        <button type="button" className="button quiet" onClick={() => commands.openInspector()}>
          <Icon name="open" />
          {strings.inspector}
        </button>
      </header>
      <main className="popup-body">
        {index && <Banners index={index} commands={commands} />}
        {explanation && (
          <ExplanationView
            explanation={explanation}
            commands={commands}
            onClose={pasted && (() => setPasted(undefined))}
          />
        )}
        {index ? (
          <Attempts index={index} tabId={tabId} now={now} explanation={explanation} commands={commands} />
        ) : (
          <p className="loading" role="status">
            {strings.loading}
          </p>
        )}
        <PasteBox onExplain={commands.explainPasted} onExplained={setPasted} onExplainPage={commands.explainPage} />
      </main>
      {index && <Controls isPaused={index.isPaused} siteHost={siteHost} commands={commands} />}
    </div>
  );
}

interface AttemptsProps extends Pick<PopupProps, "tabId" | "now" | "commands"> {
  readonly index: PopupIndex;
  readonly explanation: Explanation | undefined;
}

function Attempts({ index, tabId, now, explanation, commands }: AttemptsProps) {
  const isHere = (attempt: AttemptSummary) => tabId !== undefined && attempt.tabIds.includes(tabId);
  const newestFirst = [...index.attempts].sort((one, other) => other.at - one.at);
  const here = newestFirst.filter(isHere);
  const elsewhere = newestFirst.filter((attempt) => !isHere(attempt));
  const shown = elsewhere.slice(0, recentLimit);
  const more = elsewhere.length - shown.length + (index.older ?? 0);
  const isExplaining = explanation !== undefined;
  if (newestFirst.length === 0) {
    const hasAnswer = explanation?.status === "reading" || explanation?.report !== undefined;
    return hasAnswer ? null : <EmptyState access={index.access} />;
  }
  return (
    <>
      {here.length > 0 ? (
        <AttemptList
          title={strings.thisTab}
          attempts={here}
          now={now}
          commands={commands}
          openAtFirst={isExplaining ? undefined : here[0]?.flowId}
          isHere
        />
      ) : (
        !isExplaining && (
          <p className="empty-tab">
            {strings.emptyTab}{" "}
            <button type="button" className="text-button" onClick={commands.explainPage}>
              {strings.explanation.explainPage}
            </button>
          </p>
        )
      )}
      {shown.length > 0 && <AttemptList title={strings.recent} attempts={shown} now={now} commands={commands} />}
      {more > 0 && (
        <button type="button" className="text-button more" onClick={() => commands.openInspector()}>
          {strings.more(more)}
        </button>
      )}
    </>
  );
}
