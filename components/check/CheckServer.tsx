import { type FormEvent, useEffect, useState } from "react";
import type { Step } from "@/lib/probes/connection.ts";
import { Announcement } from "./Announcement.tsx";
import { CheckFields } from "./CheckFields.tsx";
import { Compatibility } from "./Compatibility.tsx";
import type { CheckCommands, CheckOutcome } from "./check-commands.ts";
import { type CheckForm, emptyForm, isWeb, readForm } from "./check-form.ts";
import { PromptCard } from "./PromptCard.tsx";
import { Result } from "./Result.tsx";
import { StepRows } from "./StepRows.tsx";
import { strings } from "./strings.ts";
import { useRun } from "./use-run.ts";

interface CheckServerProps {
  readonly commands: CheckCommands;
  readonly hrefOfAttempt: (flowId: string) => string;
  /** What is filled in at first; nothing of it is sent before somebody says so. */
  readonly filledIn?: Partial<CheckForm>;
}

/** Runs the whole identity step against a server, and tries which clients could connect to it. */
export function CheckServer({ commands, hrefOfAttempt, filledIn }: CheckServerProps) {
  const [form, setForm] = useState<CheckForm>({ ...emptyForm, ...filledIn });
  const [problem, setProblem] = useState<string>();
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const [outcome, setOutcome] = useState<CheckOutcome>();
  const run = useRun();
  const [isComparing, setComparing] = useState(false);
  const isHeld = run.isRunning || isComparing;
  useEffect(() => {
    commands.holdPage(isHeld);
    return () => commands.holdPage(false);
  }, [commands, isHeld]);
  const change = (changed: Partial<CheckForm>) => {
    setForm((before) => ({ ...before, ...changed }));
    setProblem(undefined);
  };

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const input = readForm(form, commands.redirectUris);
    if ("problem" in input) return setProblem(input.problem);
    setProblem(undefined);
    setSteps([]);
    setOutcome(undefined);
    const hosts = [input.url, input.redirectUri].filter((url) => /^https?:/.test(url)).map((url) => new URL(url).host);
    const ended = await run.start(async (listeners) => {
      if (!(await commands.reach(hosts))) return setProblem(strings.noAccess);
      const onStep = (step: Step) =>
        setSteps((all) =>
          all.some(({ id }) => id === step.id) ? all.map((one) => (one.id === step.id ? step : one)) : [...all, step],
        );
      setOutcome(await commands.check(input, { ...listeners, onStep }));
    });
    if (ended === "failed") setProblem(strings.failedItself);
  };

  const isWaitingForLogin = steps.some(({ id, state }) => id === "authorization" && state === "running");
  return (
    <main className="check">
      <h2>{strings.title}</h2>
      <p className="check-explanation">{strings.explanation}</p>
      <form className="check-form" noValidate onSubmit={onSubmit} aria-label={strings.title}>
        <CheckFields form={form} redirectUris={commands.redirectUris} onChange={change} />
        <p className="field-problem" role="alert">
          {problem}
        </p>
        {isWeb(form.url.trim()) && <Announcement url={form.url.trim()} client={form.client} />}
        <div className="actions">
          <button type="submit" className="button primary" disabled={run.isRunning}>
            {outcome ? strings.again : strings.start}
          </button>
          {run.isRunning && (
            <button type="button" className="button" onClick={run.cancel}>
              {strings.cancel}
            </button>
          )}
        </div>
      </form>
      {isWaitingForLogin && run.isRunning && <p role="status">{strings.loginOpen}</p>}
      {run.prompt && <PromptCard prompt={run.prompt} reach={commands.reach} />}
      {steps.length > 0 && <StepRows steps={steps} requests={run.requests} />}
      {outcome && (
        <Result
          outcome={outcome}
          steps={steps}
          wasCancelled={run.wasCancelled}
          form={form}
          onSwitch={change}
          hrefOfAttempt={hrefOfAttempt}
        />
      )}
      <Compatibility url={form.url.trim()} commands={commands} onRunning={setComparing} />
    </main>
  );
}
