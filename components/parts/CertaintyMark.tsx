import type { Certainty } from "@/lib/diagnosis/rule.ts";
import { strings } from "./strings.ts";

const bars: Readonly<Record<Certainty, number>> = { possible: 1, likely: 2, proven: 3 };

/** The certainty word with a three-step meter. */
export function CertaintyMark({ certainty }: { readonly certainty: Certainty }) {
  return (
    <span className="certainty" title={strings.certaintyMeanings[certainty]}>
      <svg className="icon meter" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        {[0, 1, 2].map((bar) => (
          <rect
            key={bar}
            className={bar < bars[certainty] ? "on" : "off"}
            x={2 + bar * 4.5}
            y={9 - bar * 3}
            width="3"
            height={5 + bar * 3}
            rx="0.8"
          />
        ))}
      </svg>
      {strings.certainties[certainty]}
    </span>
  );
}
