import { type FormEvent, useId, useState } from "react";
import { Icon } from "@/components/parts/Icon.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import { readHosts } from "@/components/welcome/read-hosts.ts";
import { shortenMiddle, toVisibleText } from "@/lib/report/visible-text.ts";
import type { SettingsCommands } from "./settings-commands.ts";
import { strings } from "./strings.ts";

interface IgnoredSitesProps {
  readonly hosts: readonly string[];
  readonly commands: SettingsCommands;
}

export function IgnoredSites({ hosts, commands }: IgnoredSitesProps) {
  const { title, meaning, none, list, remove, removeNamed } = strings.ignored;
  return (
    <section aria-labelledby="settings-ignored">
      <h3 id="settings-ignored">{title}</h3>
      <p className="faint">{meaning}</p>
      {hosts.length === 0 ? (
        <p>{none}</p>
      ) : (
        <ul className="settings-list" aria-label={list}>
          {hosts.map((host) => (
            <li key={host}>
              <span className="server-value">
                <ServerText text={shortenMiddle(host, 80)} />
              </span>
              <button
                type="button"
                className="button quiet"
                aria-label={removeNamed(toVisibleText(shortenMiddle(host, 80)))}
                onClick={() => commands.watchAgain(host)}
              >
                {remove}
              </button>
            </li>
          ))}
        </ul>
      )}
      <AddSite onAdd={commands.ignoreSite} />
    </section>
  );
}

function AddSite({ onAdd }: { readonly onAdd: (host: string) => void }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const [fieldId, noteId] = [useId(), useId()];
  const { add, example, button, invalid, forgets } = strings.ignored;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const read = readHosts(text);
    if (read.invalid !== undefined) return setProblem(invalid(shortenMiddle(read.invalid, 60)));
    setProblem(undefined);
    for (const host of read.hosts) onAdd(host);
    setText("");
  };
  return (
    <form className="add-site" onSubmit={onSubmit}>
      <label htmlFor={fieldId}>{add}</label>
      <input
        id={fieldId}
        type="text"
        spellCheck={false}
        autoComplete="off"
        placeholder={example}
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby={noteId}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="button">
        {button}
      </button>
      <p id={noteId} className={problem ? "field-problem" : "faint"} role={problem ? "alert" : undefined}>
        {problem ? (
          <>
            <Icon name="warning" /> {problem}
          </>
        ) : (
          forgets
        )}
      </p>
    </form>
  );
}
