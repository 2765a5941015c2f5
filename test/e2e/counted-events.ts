import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ExtensionBrowser } from "./browser.ts";

/** Counts what the browser dispatches to the worker; put before its own script. */
const counter = `
let hopscopeEvents = 0;
for (const area of [chrome.webRequest, chrome.webNavigation])
  for (const event of Object.values(area ?? {}))
    if (typeof event?.addListener === "function") {
      const add = event.addListener.bind(event);
      const counted = new Map();
      event.addListener = (listener, ...rest) => {
        const counting = (...details) => { hopscopeEvents += 1; return listener(...details); };
        counted.set(listener, counting);
        add(counting, ...rest);
      };
      const remove = event.removeListener.bind(event);
      event.removeListener = (listener) => remove(counted.get(listener) ?? listener);
    }
chrome.runtime.onMessage.addListener((message, _, respond) => {
  if (message === "count events") respond(hopscopeEvents);
});
`;

/** A copy of the built extension that counts the events of webRequest and webNavigation which reach its worker. */
export async function copyCounting(extension: string, to: string): Promise<void> {
  await cp(extension, to, { recursive: true });
  const script = join(to, "background.js");
  await writeFile(script, counter + (await readFile(script, "utf8")));
}

/** Since the worker started. */
export async function countedEvents({ context, id }: Pick<ExtensionBrowser, "context" | "id">): Promise<number> {
  const asking = await context.newPage();
  await asking.goto(`chrome-extension://${id}/manifest.json`);
  const count = await asking.evaluate(async (): Promise<number> => chrome.runtime.sendMessage("count events"));
  await asking.close();
  return count;
}
