import { CodeBlock } from "@/components/parts/CodeBlock.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import type { CheckCommands } from "./check-commands.ts";
import { strings } from "./strings.ts";
import type { Prompt } from "./use-run.ts";

interface PromptCardProps {
  readonly prompt: Prompt;
  readonly reach: CheckCommands["reach"];
}

/** What the run cannot do without a yes: write on the server, or go to another host. */
export function PromptCard({ prompt, reach }: PromptCardProps) {
  const words = strings[prompt.kind];
  const allow = () => {
    if (prompt.kind === "write") prompt.answer(true);
    else void reach([prompt.host]).then(prompt.answer, () => prompt.answer(false));
  };
  return (
    <section className="check-prompt" role="alert" aria-label={words.title}>
      <h3>{words.title}</h3>
      {prompt.kind === "write" ? (
        <>
          <p>
            <ServerText text={strings.write.text(prompt.request.url)} />
          </p>
          <CodeBlock language="json" text={prompt.request.body} />
        </>
      ) : (
        <p>
          <ServerText text={strings.reach.text(prompt.host)} />
        </p>
      )}
      <div className="actions">
        <button type="button" className="button primary" onClick={allow}>
          {words.yes}
        </button>
        <button type="button" className="button" onClick={() => prompt.answer(false)}>
          {words.no}
        </button>
      </div>
    </section>
  );
}
