import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Lab, type LabFlow, startLab } from "../servers/lab.ts";
import { scenarios } from "../servers/scenarios.ts";
import { type ExtensionBrowser, launch } from "./browser.ts";
import { attemptsOf, expectShown, storedObservations } from "./read.ts";

let lab: Lab;
let browser: ExtensionBrowser;

beforeAll(async () => {
  lab = await startLab();
  browser = await launch({ extension: inject("extension"), grant: "all", args: lab.browserArgs });
});
afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

const ids = (["oidc-provider", "mcp-typescript-sdk"] as const).flatMap((server) =>
  scenarios.map(({ id }) => `${server}-${id}`),
);
const flowOf = (id: string): LabFlow => {
  const flow = lab.flows.find((candidate) => candidate.id === id);
  if (!flow) throw new Error(`The lab has no flow ${id}`);
  return flow;
};

/** Waits until the worker has read the page that is shown, the last thing it does with it, and ends it there. */
async function killAtRest(tabId: number): Promise<void> {
  const shown = () =>
    browser.bench.evaluate(
      async (id) => (await chrome.webNavigation.getFrame({ tabId: id, frameId: 0 }))?.documentId,
      tabId,
    );
  const isRead = async () => {
    const documentId = await shown();
    const stored = await storedObservations(browser);
    return stored.some((seen) => seen.kind === "page" && seen.documentId === documentId);
  };
  await expect.poll(isRead, { timeout: 10_000 }).toBe(true);
  await browser.killWorker();
}

/** Ids of all alerts that the attempt raised, even those that were taken back. */
function watchAlerts(): Promise<() => Promise<readonly string[]>> {
  return browser.bench
    .evaluate(() => {
      const raised = new Set<string>();
      Object.assign(globalThis, { raised });
      chrome.storage.local.onChanged.addListener(({ alerts }) => {
        for (const { kind, flowId } of (alerts?.newValue ?? []) as { kind: string; flowId: string }[])
          raised.add(`${kind} ${flowId}`);
      });
    })
    .then(() => () => browser.bench.evaluate(() => [...(globalThis as unknown as { raised: Set<string> }).raised]));
}

/** Drives one attempt and expects its state, its headline and its badge. */
async function runFlow(flow: LabFlow, worker: "lives" | "is killed"): Promise<void> {
  const attempt = await flow.start();
  const page = await browser.context.newPage();
  const raised = await watchAlerts();
  try {
    const tabId = await browser.tabIdOf(page);
    if (worker === "is killed") {
      await browser.killWorker();
      await attempt.drive(page, () => killAtRest(tabId));
    } else await attempt.drive(page);
    const { state, finding } = flow.expected;
    if (finding !== undefined) await expect.poll(() => browser.badgeOf(tabId), { timeout: 10_000 }).toBe("1");
    // A person who abandons an attempt closes the tab.
    if (state === "incomplete") await page.close();
    await expect.poll(async () => (await attemptsOf(browser, tabId))[0]?.state, { timeout: 10_000 }).toBe(state);
    const attempts = await attemptsOf(browser, tabId);
    expect(attempts).toHaveLength(1);
    if (finding === undefined) {
      if (!page.isClosed()) expect(await browser.badgeOf(tabId)).toBe("");
      // Nobody is accused for a moment either.
      expect((await raised()).filter((alert) => alert.endsWith(` ${attempts[0]?.flowId}`))).toEqual([]);
    }
    const popup = await browser.openPopup(tabId);
    await expectShown(popup, { state, ...(finding !== undefined && { finding }) });
    await popup.close();
  } finally {
    if (!page.isClosed()) await page.close();
    await attempt.stop();
  }
}

test("the lab has every flow of this table, one server on TLS", () => {
  expect(lab.flows.map(({ id }) => id).sort()).toEqual([...ids].sort());
  expect(lab.flows.some(({ isTls }) => isTls)).toBe(true);
});

describe("a real attempt is explained in the popup", () => {
  test.each(ids)("%s", async (id) => {
    await runFlow(flowOf(id), "lives");
  });
});

// Dead when the attempt starts, as after any half minute without events, and killed on every page where the person acts.
describe("killing the worker on the way changes nothing", () => {
  test.each(ids)("%s", async (id) => {
    await runFlow(flowOf(id), "is killed");
  });
});
