import { CopyButton } from "./CopyButton.tsx";
import { strings } from "./strings.ts";

interface CodeBlockProps {
  readonly language: string;
  readonly text: string;
}

/** Code of ours (a remedy), ready to paste. */
export function CodeBlock({ language, text }: CodeBlockProps) {
  return (
    <div className="code-block">
      <div className="code-head">
        <span>{language}</span>
        <CopyButton text={text} label={strings.copyNamed("the code")} isIconOnly />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
