import { strings as parts } from "@/components/parts/strings.ts";
import type { Severity } from "@/lib/diagnosis/rule.ts";
import { hrefOfFinding } from "./href.ts";
import { Markdown } from "./Markdown.tsx";
import { strings } from "./strings.ts";

/** What was found under an id: the page's Markdown, or `missing`; undefined while it is read. */
export type FindingText = string | "missing" | undefined;

interface FindingPageProps {
  readonly text: FindingText;
  /** Ids that have a page. */
  readonly ids: ReadonlySet<string>;
}

/** The severity as it is called everywhere else on the screen. */
const withSeverity = (text: string) =>
  text.replace(
    /^(`[\w-]+` · )(error|warning|info)$/m,
    (_, id: string, severity: Severity) => id + parts.severities[severity],
  );

/** The page of one finding: what it means, what it rests on, how it is fixed, and when it is a false alarm. */
export function FindingPage({ text, ids }: FindingPageProps) {
  return (
    <main className="screen">
      <div className="finding-page">
        <p>
          <a href="#/">{strings.toAttempts}</a>
        </p>
        {text === undefined && (
          <p className="loading" role="status">
            {strings.loading}
          </p>
        )}
        {text === "missing" && (
          <>
            <h2>{strings.missing.title}</h2>
            <p>{strings.missing.text}</p>
          </>
        )}
        {text !== undefined && text !== "missing" && (
          <Markdown
            text={withSeverity(text)}
            hrefOfName={(name) => (ids.has(name) ? hrefOfFinding(name) : undefined)}
          />
        )}
      </div>
    </main>
  );
}
