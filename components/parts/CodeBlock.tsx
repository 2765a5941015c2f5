import { CopyButton } from "./CopyButton.tsx";
import { VisibleRuns } from "./ServerText.tsx";
import { strings } from "./strings.ts";

interface CodeBlockProps {
  /** As after a Markdown fence; `text` and nothing are values to copy, and have no name to show. */
  readonly language: string;
  readonly text: string;
}

/** Code of ours (a remedy, a request body), ready to paste; what a server named in it stays visible. */
export function CodeBlock({ language, text }: CodeBlockProps) {
  const isCode = language !== "" && language !== "text";
  return (
    <div className="code-block" data-kind={isCode ? "code" : "value"}>
      <div className="code-head">
        {isCode && <span>{strings.languages[language] ?? language}</span>}
        <CopyButton text={text} label={strings.copyNamed(isCode ? "the code" : "the value")} isIconOnly />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>
          <VisibleRuns text={text} />
        </code>
      </pre>
    </div>
  );
}
