import { Icon, type IconName } from "@/components/parts/Icon.tsx";
import type { LegComparison, Verdict } from "@/lib/report/compare.ts";
import { strings } from "./strings.ts";

const icons: Readonly<Record<Verdict | LegComparison["verdict"], IconName>> = {
  same: "dash",
  different: "cross",
  onlyLeft: "cross",
  onlyRight: "cross",
  renewed: "check",
  reused: "warning",
  cannotTell: "info",
};

/** Whether somebody who looks for the difference should look here. */
export const isDifference = (verdict: Verdict): boolean =>
  verdict === "different" || verdict === "onlyLeft" || verdict === "onlyRight" || verdict === "reused";

export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  return (
    <span className="compared-verdict">
      <Icon name={icons[verdict]} />
      {strings.verdicts[verdict]}
    </span>
  );
}
