import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import type { Readable, Writable } from "node:stream";
import { setTimeout as after } from "node:timers/promises";
import type { Page } from "playwright-core";
import { executablePath, launch } from "../e2e/browser.ts";

/**
 * A browser whose tabs have no debugger attached, as Playwright attaches one to every tab: Chromium prerenders nothing then, and
 * Playwright turns the back/forward cache off. Only the extension's own page is attached to, and its APIs move the tabs.
 */
export interface UnwatchedBrowser {
  readonly bench: Pick<Page, "evaluate">;
  /** Opens a tab and gives its id. */
  open(url: string): Promise<number>;
  /** Runs in the tab's page, and gives what came of it. */
  run<Result>(tabId: number, inPage: string | (() => Result)): Promise<Result>;
  /** The path of the document that the tab shows, once it is there in full. Asks the tab's page nothing. */
  shownPath(tabId: number): Promise<string | undefined>;
  /** Whether the browser has rendered a page ahead for the tab's own. */
  rendersAhead(tabId: number): Promise<boolean>;
  closeTab(tabId: number): Promise<void>;
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

export async function launchUnwatched(extension: string): Promise<UnwatchedBrowser> {
  // The grant is written by the one who knows how; the profile is kept.
  const first = await launch({ extension, grant: "all", keepProfile: true });
  const { id, profile } = first;
  await first.close();
  const browser = spawn(
    executablePath(),
    [
      "--headless=new",
      "--no-sandbox",
      "--no-first-run",
      "--remote-debugging-pipe",
      `--user-data-dir=${profile}`,
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
    { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
  );
  const [input, output] = [browser.stdio[3] as Writable, browser.stdio[4] as Readable];
  const waiting = new Map<number, (message: Message) => void>();
  let rest = "";
  output.setEncoding("utf8").on("data", (chunk: string) => {
    const messages = (rest + chunk).split("\0");
    rest = messages.pop() ?? "";
    for (const text of messages) {
      const message: Message = JSON.parse(text);
      if (message.id !== undefined) waiting.get(message.id)?.(message);
    }
  });
  let sent = 0;
  const send = async (method: string, params: object, sessionId?: string) => {
    const number = ++sent;
    const answered = new Promise<Message>((resolve) => waiting.set(number, resolve));
    input.write(`${JSON.stringify({ id: number, method, params, sessionId })}\0`);
    const { result, error } = await answered;
    if (!result) throw new Error(`${method}: ${error?.message}`);
    return result;
  };

  const url = `chrome-extension://${id}/manifest.json`;
  const { targetId } = await send("Target.createTarget", { url });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const evaluate = async (code: string): Promise<unknown> => {
    const { result, exceptionDetails } = (await send(
      "Runtime.evaluate",
      { expression: code, awaitPromise: true, returnByValue: true },
      String(sessionId),
    )) as { result: { value?: unknown }; exceptionDetails?: { exception?: { description?: string } } };
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? code);
    return result.value;
  };
  while ((await evaluate("location.href + document.readyState")) !== `${url}complete`) await after(20);

  const bench = {
    evaluate: (run: unknown, argument: unknown) => evaluate(`(${run})(${JSON.stringify(argument) ?? ""})`),
  } as Pick<Page, "evaluate">;
  return {
    bench,
    open: (to) => bench.evaluate(async (asked) => (await chrome.tabs.create({ url: asked })).id ?? -1, to),
    run: async (tabId, inPage) =>
      (await evaluate(
        `chrome.scripting.executeScript({ target: { tabId: ${tabId} }, world: "MAIN", func: ${inPage} }).then(([first]) => first.result)`,
      )) as never,
    shownPath: (tabId) =>
      bench.evaluate(async (tab) => {
        const { status, url } = await chrome.tabs.get(tab);
        return status === "complete" && url ? new URL(url).pathname : undefined;
      }, tabId),
    rendersAhead: (tabId) =>
      bench.evaluate(async (tab) => {
        const frames = await chrome.webNavigation.getAllFrames({ tabId: tab });
        return frames?.some(({ documentLifecycle }) => documentLifecycle === "prerender") === true;
      }, tabId),
    closeTab: (tabId) => bench.evaluate((tab) => chrome.tabs.remove(tab), tabId),
    async close() {
      const ended = once(browser, "exit");
      await send("Browser.close", {});
      await ended;
      await rm(profile, { recursive: true, force: true });
    },
  };
}
