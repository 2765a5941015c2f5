import { type FormEvent, useId, useState } from "react";
import { Disclosure } from "@/components/parts/Disclosure.tsx";
import type { Explanation } from "./ExplanationView.tsx";
import type { PopupCommands } from "./popup-commands.ts";
import { strings } from "./strings.ts";

interface PasteBoxProps {
  readonly onExplain: PopupCommands["explainPasted"];
  readonly onExplained: (explanation: Explanation) => void;
  readonly onExplainPage: () => void;
}

/** As much of a pasted text as is read. */
const pasteLimit = 200_000;

export function PasteBox({ onExplain, onExplained, onExplainPage }: PasteBoxProps) {
  const [text, setText] = useState("");
  const [failure, setFailure] = useState<{ readonly error: unknown }>();
  const fieldId = useId();
  const hintId = useId();

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    onExplain(text.slice(0, pasteLimit)).then(
      (report) => onExplained({ of: "pasted", status: "done", report }),
      (error: unknown) => setFailure({ error }),
    );
  };

  if (failure) throw failure.error;
  return (
    <section className="paste" aria-label={strings.paste.title}>
      <Disclosure title={strings.paste.title}>
        <form onSubmit={onSubmit}>
          <label htmlFor={fieldId}>{strings.paste.label}</label>
          <textarea
            id={fieldId}
            aria-describedby={hintId}
            rows={3}
            spellCheck={false}
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <p id={hintId} className="faint">
            {strings.paste.hint}
          </p>
          <div className="actions">
            <button type="submit" className="button" disabled={text.trim() === ""}>
              {strings.paste.submit}
            </button>
            <button type="button" className="button quiet" onClick={onExplainPage}>
              {strings.explanation.explainPage}
            </button>
          </div>
        </form>
      </Disclosure>
    </section>
  );
}
