import { type FormEvent, useId, useState } from "react";
import { Icon } from "@/components/parts/Icon.tsx";
import type { Access } from "@/lib/report/summary.ts";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import { readHosts } from "./read-hosts.ts";
import { strings } from "./strings.ts";

export interface SiteAccessProps {
  readonly access: Access | undefined;
  readonly onChoose: (sites: "all" | readonly string[]) => void;
}

export function SiteAccess({ access, onChoose }: SiteAccessProps) {
  return (
    <section className="site-access" id="access">
      <h2>{strings.access.title}</h2>
      <p>{strings.access.text}</p>
      <p className="access-state" role="status" data-access={access}>
        {access && (
          <>
            <Icon name={access === "all" || access === "some" ? "check" : "info"} />
            {strings.access.states[access]}
          </>
        )}
      </p>
      {(access === "all" || access === "some") && <NextSteps />}
      <div className="choices">
        <div className="choice">
          <h3>{strings.access.all.title}</h3>
          <p>{strings.access.all.text}</p>
          <button
            type="button"
            className={access === "all" ? "button" : "button primary"}
            aria-disabled={access === "all"}
            onClick={() => access !== "all" && onChoose("all")}
          >
            {access === "all" ? strings.access.all.done : strings.access.all.button}
          </button>
        </div>
        <SomeSites onChoose={onChoose} />
      </div>
      <p className="faint">{strings.access.later}</p>
    </section>
  );
}

/** What to do now that it may watch; before that there is one thing to decide. */
function NextSteps() {
  return (
    <section className="next-steps" aria-labelledby="next">
      <h3 id="next">{strings.next.title}</h3>
      <ol>
        {strings.next.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}

function SomeSites({ onChoose }: Pick<SiteAccessProps, "onChoose">) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const [fieldId, problemId] = [useId(), useId()];
  const { some } = strings.access;

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const { hosts, invalid } = readHosts(text);
    if (invalid !== undefined) setProblem(some.invalid(shortenMiddle(invalid, 60)));
    else if (hosts.length === 0) setProblem(some.none);
    else {
      setProblem(undefined);
      onChoose(hosts);
    }
  };

  return (
    <form className="choice" onSubmit={onSubmit}>
      <h3>{some.title}</h3>
      <p>{some.text}</p>
      <label htmlFor={fieldId}>{some.label}</label>
      <textarea
        id={fieldId}
        rows={3}
        spellCheck={false}
        autoComplete="off"
        placeholder={some.example}
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby={problemId}
        onChange={(event) => setText(event.target.value)}
      />
      <p id={problemId} className="field-problem" role="alert">
        {problem && (
          <>
            <Icon name="warning" /> {problem}
          </>
        )}
      </p>
      <button type="submit" className="button">
        {some.button}
      </button>
    </form>
  );
}
