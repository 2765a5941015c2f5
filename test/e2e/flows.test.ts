import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Lab, type LabFlow, startLab } from "../servers/lab.ts";
import { scenarios } from "../servers/scenarios.ts";
import { type ExtensionBrowser, launch } from "./browser.ts";
import { attemptsOf, expectShown } from "./read.ts";

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

/** A worker that was killed after the last event sleeps until the next one, whatever it is. */
async function visitElsewhere(): Promise<void> {
  const page = await browser.context.newPage();
  await page.goto(lab.startUrl);
  await page.close();
}

type Kill = "never" | "during the authorization request" | "as each page arrives";

/** At most one kill for one navigation, at the worst moment of it. */
function killOn(page: Page, when: Kill): readonly Promise<void>[] {
  const kills: Promise<void>[] = [];
  const kill = () => void kills.push(browser.killWorker());
  if (when === "during the authorization request") page.once("request", kill);
  if (when === "as each page arrives") page.on("framenavigated", kill);
  return kills;
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

/** Drives one attempt and expects its state, its headline and its badge; the answer counts the kills. */
async function runFlow(flow: LabFlow, when: Kill): Promise<number> {
  const attempt = await flow.start();
  const page = await browser.context.newPage();
  const kills = killOn(page, when);
  const raised = await watchAlerts();
  try {
    const tabId = await browser.tabIdOf(page);
    await attempt.drive(page);
    await Promise.all(kills);
    if (kills.length > 0) await visitElsewhere();
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
    return kills.length;
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
    await runFlow(flowOf(id), "never");
  });
});

// Each scenario meets both moments, at one server the one and at the other the other.
describe("killing the worker on the way changes nothing", () => {
  test.each(ids)("%s", async (id) => {
    const flow = flowOf(id);
    const when = flow.isTls ? "during the authorization request" : "as each page arrives";
    expect(await runFlow(flow, when)).toBeGreaterThan(0);
  });
});
