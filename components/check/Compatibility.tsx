import { useEffect, useState } from "react";
import { LongValue } from "@/components/parts/LongValue.tsx";
import { clients } from "@/lib/clients/index.ts";
import type { CompatibilityResult, CompatibilityRow } from "@/lib/probes/compatibility.ts";
import { announceCompatibility } from "@/lib/probes/connection-plan.ts";
import { CompatibilityTable } from "./CompatibilityTable.tsx";
import type { CheckCommands } from "./check-commands.ts";
import { isWeb } from "./check-form.ts";
import { PromptCard } from "./PromptCard.tsx";
import { strings } from "./strings.ts";
import { useRun } from "./use-run.ts";

const words = strings.compatibility;

/** Ticked at first: three that between them use a hosted, a loopback and a private-use redirect URI. */
const atFirst = ["claude", "vs-code", "cursor"];

interface CompatibilityProps {
  readonly url: string;
  readonly commands: CheckCommands;
  readonly onRunning: (isRunning: boolean) => void;
}

export function Compatibility({ url, commands, onRunning }: CompatibilityProps) {
  const [chosen, setChosen] = useState<readonly string[]>(atFirst);
  const [isOwnServer, setOwnServer] = useState(false);
  const [rows, setRows] = useState<readonly CompatibilityRow[]>([]);
  const [result, setResult] = useState<CompatibilityResult>();
  const run = useRun();
  useEffect(() => onRunning(run.isRunning), [onRunning, run.isRunning]);
  const isReady = isWeb(url) && chosen.length > 0;

  const start = async () => {
    setRows([]);
    setResult(undefined);
    const ended = await run.start(async (listeners) => {
      if (!(await commands.reach([new URL(url).host]))) return setResult({ problem: strings.noAccess, leftBehind: [] });
      const onRow = (row: CompatibilityRow) => setRows((all) => [...all, row]);
      setResult(await commands.compare({ url, clients: chosen, isOwnServer }, { ...listeners, onRow }));
    });
    if (ended === "failed") setResult({ problem: strings.failedItself, leftBehind: [] });
  };
  return (
    <section className="compatibility" aria-labelledby="compatibility">
      <h2 id="compatibility">{words.title}</h2>
      <p className="check-explanation">{words.explanation}</p>
      <fieldset>
        <legend>{words.legend}</legend>
        <div className="client-choices">
          {clients.map(({ id, name }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={(event) =>
                  setChosen((all) => (event.target.checked ? [...all, id] : all.filter((one) => one !== id)))
                }
              />{" "}
              {name}
            </label>
          ))}
        </div>
        <p className="own-server">
          <label>
            <input type="checkbox" checked={isOwnServer} onChange={(event) => setOwnServer(event.target.checked)} />{" "}
            {words.own}
          </label>
          <span className="faint">{words.ownHint}</span>
        </p>
      </fieldset>
      {!isWeb(url) && <p className="faint">{words.needsServer}</p>}
      {isReady && <p className="faint">{words.sent(announceCompatibility(chosen.length), [new URL(url).host])}</p>}
      <div className="actions">
        <button type="button" className="button" disabled={!isReady || run.isRunning} onClick={() => void start()}>
          {words.start}
        </button>
        {run.isRunning && (
          <button type="button" className="button" onClick={run.cancel}>
            {strings.cancel}
          </button>
        )}
      </div>
      {run.isRunning && <p role="status">{words.running(rows.length, chosen.length)}</p>}
      {run.prompt && <PromptCard prompt={run.prompt} reach={commands.reach} />}
      {rows.length > 0 && <CompatibilityTable rows={rows} />}
      {result?.problem && <p role="alert">{result.problem}</p>}
      {result && result.leftBehind.length > 0 && (
        <>
          <p>{words.leftBehind}</p>
          <ul className="check-left">
            {result.leftBehind.map((id) => (
              <li key={id}>
                <LongValue text={id} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
