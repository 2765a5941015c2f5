import type { FlowState } from "@/lib/diagnosis/rule.ts";
import { strings } from "./strings.ts";

/** Five shapes that differ without colour; the word stands beside them. */
const shapes: Readonly<Record<FlowState, React.ReactNode>> = {
  connected: (
    <>
      <circle className="fill" cx="8" cy="8" r="6.5" />
      <path className="cut" d="M5 8.3l2.1 2.1L11 6" />
    </>
  ),
  "code-delivered": (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M5 8.3l2.1 2.1L11 6" />
    </>
  ),
  "not-connected": (
    <>
      <path className="fill" d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z" />
      <path className="cut" d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" />
    </>
  ),
  "in-progress": (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path className="dots" d="M5.2 8h.01M8 8h.01M10.8 8h.01" />
    </>
  ),
  incomplete: <circle className="dashed" cx="8" cy="8" r="5.8" />,
};

export function StateMark({ state }: { readonly state: FlowState }) {
  return (
    <span className="state" data-mark={state} title={strings.stateMeanings[state]}>
      <svg className="icon state-icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        {shapes[state]}
      </svg>
      {strings.states[state]}
    </span>
  );
}
