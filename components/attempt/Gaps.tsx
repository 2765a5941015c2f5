import { Icon } from "@/components/parts/Icon.tsx";
import type { Flow } from "@/lib/trace/flow.ts";
import { strings } from "./strings.ts";

/** What was certainly not seen during the attempt, each reason once. */
export function Gaps({ gaps }: Pick<Flow, "gaps">) {
  if (gaps.length === 0) return null;
  const reasons = [...new Set(gaps.map((gap) => gap.reason))];
  return (
    <div className="banner" data-banner="gap">
      <Icon name="info" />
      <div>
        <strong>{strings.gaps(gaps.length)}</strong>
        <ul>
          {reasons.map((reason) => (
            <li key={reason}>{strings.gapReasons[reason] ?? reason}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
