import { useId } from "react";
import type { AttemptSummary } from "@/lib/report/summary.ts";
import { AttemptRow } from "./AttemptRow.tsx";
import type { PopupCommands } from "./popup-commands.ts";

interface AttemptListProps {
  readonly title: string;
  readonly attempts: readonly AttemptSummary[];
  readonly now: number;
  readonly commands: PopupCommands;
  readonly openAtFirst?: string | undefined;
  /** Those of the tab in view stand out. */
  readonly isHere?: boolean;
}

export function AttemptList({ title, attempts, now, commands, openAtFirst, isHere = false }: AttemptListProps) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId}>
      <h2 id={headingId} className="section-title">
        {title}
      </h2>
      <ul className="attempt-list" data-here={isHere || undefined}>
        {attempts.map((attempt) => (
          <AttemptRow
            key={attempt.flowId}
            attempt={attempt}
            now={now}
            commands={commands}
            isOpenAtFirst={attempt.flowId === openAtFirst}
          />
        ))}
      </ul>
    </section>
  );
}
