import { CodeBlock } from "@/components/parts/CodeBlock.tsx";
import { strings as parts } from "@/components/parts/strings.ts";
import type { FixStep } from "@/lib/diagnosis/rule.ts";

export function FixSteps({ steps }: { readonly steps: readonly FixStep[] }) {
  return (
    <ol className="fix-steps">
      {steps.map((step) => (
        <li key={`${step.by} ${step.do}`}>
          <div className="fix-step">
            <strong className="fix-by">{parts.actors[step.by]}</strong>
            <p>{step.do}</p>
            {step.code && <CodeBlock {...step.code} />}
          </div>
        </li>
      ))}
    </ol>
  );
}
