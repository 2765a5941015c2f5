import { useEffect, useRef, useState } from "react";
import type { RunListeners, ShownRequest, WriteRequest } from "./check-commands.ts";

/** What the run waits for; `answer` lets it go on. */
export type Prompt =
  | { readonly kind: "write"; readonly request: WriteRequest; readonly answer: (isAllowed: boolean) => void }
  | { readonly kind: "reach"; readonly host: string; readonly answer: (isAllowed: boolean) => void };

export interface Run {
  readonly isRunning: boolean;
  readonly wasCancelled: boolean;
  readonly prompt: Prompt | undefined;
  /** In the order in which they were sent. */
  readonly requests: readonly ShownRequest[];
  /** Starts one; `problem` is why it did not even begin, or that Hopscope itself failed. */
  readonly start: (work: (listeners: RunListeners) => Promise<void>) => Promise<"done" | "failed">;
  readonly cancel: () => void;
}

/** One run at a time: its requests, what it asks, and cancelling. Leaving the screen cancels it. */
export function useRun(): Run {
  const [isRunning, setRunning] = useState(false);
  const [wasCancelled, setCancelled] = useState(false);
  const [prompt, setPrompt] = useState<Prompt>();
  const [requests, setRequests] = useState<readonly ShownRequest[]>([]);
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  const start: Run["start"] = async (work) => {
    const controller = new AbortController();
    abort.current = controller;
    setRunning(true);
    setCancelled(false);
    setRequests([]);
    const ask = (make: (answer: (isAllowed: boolean) => void) => Prompt) =>
      new Promise<boolean>((resolve) => {
        const answer = (isAllowed: boolean) => {
          setPrompt(undefined);
          resolve(isAllowed);
        };
        if (controller.signal.aborted) return resolve(false);
        controller.signal.addEventListener("abort", () => answer(false));
        setPrompt(make(answer));
      });
    try {
      await work({
        signal: controller.signal,
        onRequest: (request) =>
          setRequests((all) =>
            all.some(({ id }) => id === request.id)
              ? all.map((one) => (one.id === request.id ? request : one))
              : [...all, request],
          ),
        mayWrite: (request) => ask((answer) => ({ kind: "write", request, answer })),
        mayReach: (host) => ask((answer) => ({ kind: "reach", host, answer })),
      });
      return "done";
    } catch {
      return "failed";
    } finally {
      setRunning(false);
    }
  };
  const cancel = () => {
    setCancelled(true);
    abort.current?.abort();
  };
  return { isRunning, wasCancelled, prompt, requests, start, cancel };
}
