import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, inject, test } from "vitest";
import { type ExtensionBrowser, launch } from "./browser.ts";
import { createSearch } from "./search.ts";

/** Evaluates in the extension's worker of the incognito profile, which Playwright does not show. */
async function inIncognitoWorker(browser: ExtensionBrowser): Promise<(expression: string) => Promise<unknown>> {
  const devtools = await browser.devtools();
  // Sessions inside a session are not in Playwright's types.
  const send = devtools.send.bind(devtools) as (
    method: string,
    parameters?: object,
  ) => Promise<Record<string, unknown>>;
  const on = devtools.on.bind(devtools) as unknown as (
    event: string,
    listener: (details: { message: string }) => void,
  ) => void;
  const workers = async () => {
    const { targetInfos } = (await send("Target.getTargets")) as {
      targetInfos: { targetId: string; type: string; url: string; browserContextId: string }[];
    };
    const normal = targetInfos.find(({ url }) => url === browser.bench.url())?.browserContextId;
    return targetInfos.filter(
      ({ type, url, browserContextId }) =>
        type === "service_worker" && url.includes(browser.id) && browserContextId !== normal,
    );
  };
  await expect.poll(async () => (await workers()).length, { timeout: 10_000 }).toBe(1);
  const [worker] = await workers();
  const { sessionId } = await send("Target.attachToTarget", { targetId: worker?.targetId });
  const waiting = new Map<number, (value: unknown) => void>();
  on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result } = JSON.parse(message);
    waiting.get(id)?.(result?.result?.value);
  });
  let last = 0;
  return (expression) =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      const parameters = { expression, awaitPromise: true, returnByValue: true };
      const message = JSON.stringify({ id: last, method: "Runtime.evaluate", params: parameters });
      void send("Target.sendMessageToTarget", { sessionId, message });
    });
}

test("an attempt in an incognito window is explained there and leaves nothing behind", async () => {
  const asked = new Set<string>();
  const server = createServer(({ url = "" }, response) => {
    asked.add(url.split("?", 1)[0] ?? "");
    response.writeHead(400, { "content-type": "application/json" }).end('{"error":"invalid_client"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const extension = inject("extension");
  const browser = await launch({ extension, grant: "all", incognito: true, keepProfile: true });
  try {
    const clientId = "client-seen-only-in-incognito";
    expect(await browser.bench.evaluate(() => chrome.extension.isAllowedIncognitoAccess())).toBe(true);
    await browser.bench.evaluate(
      (url) => chrome.windows.create({ incognito: true, url }),
      `${origin}/authorize?response_type=code&client_id=${clientId}&state=0123456789abcdef0123456789abcdef`,
    );
    const evaluate = await inIncognitoWorker(browser);
    const index = () =>
      evaluate(`chrome.storage.session.get(null).then((all) => JSON.stringify(all["popup-index-incognito"]))`);
    await expect.poll(index, { timeout: 10_000 }).toContain("unknown-client");

    // The normal half of the extension knows nothing of it, and neither does the disk.
    const normal = await browser.bench.evaluate(async () => JSON.stringify(await chrome.storage.local.get(null)));
    expect(normal).not.toContain("unknown-client");
    await browser.close();
    // The failed attempt would have its server's metadata fetched in a normal window.
    expect([...asked].filter((path) => path !== "/favicon.ico")).toEqual(["/authorize"]);
    const found = await createSearch([{ kind: "client_id", value: clientId }]).inFolder(browser.profile);
    expect([...found.keys()].filter((path) => path.includes(browser.id))).toEqual([]);
  } finally {
    await browser.context.close();
    await rm(browser.profile, { recursive: true, force: true });
    server.closeAllConnections();
    server.close();
  }
});
