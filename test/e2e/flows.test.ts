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

/** Drives one attempt and expects its state, its headline and its badge. */
async function runFlow(flow: LabFlow, kills: "no kills" | "kills"): Promise<number> {
  const attempt = await flow.start();
  const page = await browser.context.newPage();
  const ended: Promise<void>[] = [];
  if (kills === "kills") {
    // In the middle of the authorization request, and again with each page on the way to the callback.
    const kill = () => void ended.push(browser.killWorker());
    page.once("request", kill);
    page.on("framenavigated", (frame) => {
      if (!frame.url().startsWith(attempt.client.redirectUri)) kill();
    });
  }
  try {
    const tabId = await browser.tabIdOf(page);
    await attempt.drive(page);
    await Promise.all(ended);
    if (kills === "kills") await visitElsewhere();
    const { state, finding } = flow.expected;
    if (finding !== undefined) await expect.poll(() => browser.badgeOf(tabId), { timeout: 10_000 }).toBe("1");
    // A person who abandons an attempt closes the tab.
    if (state === "incomplete") await page.close();
    await expect.poll(async () => (await attemptsOf(browser, tabId))[0]?.state, { timeout: 10_000 }).toBe(state);
    if (finding === undefined && state !== "incomplete") expect(await browser.badgeOf(tabId)).toBe("");
    const popup = await browser.openPopup(tabId);
    await expectShown(popup, { state, ...(finding !== undefined && { finding }) });
    await popup.close();
    expect(await attemptsOf(browser, tabId)).toHaveLength(1);
    return ended.length;
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
    await runFlow(flowOf(id), "no kills");
  });
});

describe("killing the worker on the way changes nothing", () => {
  test.each(ids)("%s", async (id) => {
    expect(await runFlow(flowOf(id), "kills")).toBeGreaterThan(0);
  });
});
