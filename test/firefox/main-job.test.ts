import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "wxt";
import { findFirefox } from "@/scripts/find-firefox.ts";
import { quiet } from "../e2e/setup.ts";
import { type Lab, startLab } from "../servers/lab.ts";
import { type Firefox, startFirefox } from "./marionette.ts";

let built: string;
let lab: Lab;
let firefox: Firefox;
/** Where Firefox serves the extension's pages; another one in each profile. */
let origin: string;

/** In the browser's own scope. */
const extension = `const { extension, mozExtensionHostname } = WebExtensionPolicy.getByID("hopscope@hopscope.dev");`;

beforeAll(async () => {
  const path = findFirefox();
  if (!path) throw new Error("No Firefox found; set FIREFOX_PATH");
  built = await mkdtemp(join(tmpdir(), "hopscope-firefox-build-"));
  await build({
    browser: "firefox",
    manifestVersion: 3,
    outDir: built,
    logger: quiet,
    vite: () => ({ logLevel: "error" }),
  });
  lab = await startLab({ tls: false });
  firefox = await startFirefox(path);
  await firefox.send("Addon:Install", { path: join(built, "firefox-mv3"), temporary: true });
  origin = `moz-extension://${await firefox.run("chrome", `${extension} return mozExtensionHostname;`)}`;
});
afterAll(async () => {
  await firefox?.close();
  await lab?.stop();
  if (built) await rm(built, { recursive: true, force: true });
});

/** Text of every element that the selector names, in the current page. */
const textsOf = (selector: string) =>
  firefox.run("content", "return [...document.querySelectorAll(args[0])].map(({ textContent }) => textContent);", [
    selector,
  ]) as Promise<string[]>;

const attributeOf = (selector: string, name: string) =>
  firefox.run("content", "return document.querySelector(args[0])?.getAttribute(args[1]) ?? null;", [selector, name]);

const goTo = (url: string) => firefox.send("WebDriver:Navigate", { url });

async function openTab(): Promise<void> {
  const { handle } = (await firefox.send("WebDriver:NewWindow", { type: "tab" })) as { handle: string };
  await firefox.send("WebDriver:SwitchToWindow", { handle });
}

/** Its id of the tab that shows something from this host. */
const tabIdOf = (host: string) =>
  firefox.run(
    "chrome",
    `${extension}
    const tabs = [...Services.wm.getEnumerator("navigator:browser")].flatMap(({ gBrowser }) => [...gBrowser.tabs]);
    const tab = tabs.find(({ linkedBrowser }) => linkedBrowser.currentURI.spec.includes(args[0]));
    return tab ? extension.tabManager.getWrapper(tab).id : -1;`,
    [host],
  ) as Promise<number>;

/** Its own pages are always among what it may see. */
const isGranted = () =>
  firefox.run(
    "chrome",
    `${extension} return extension.allowedOrigins.patterns.some(({ pattern }) => pattern === "*://*/*");`,
  ) as Promise<boolean>;

test("Firefox takes the package, opens the first run, and grants nothing by itself", async () => {
  const shown = () =>
    firefox.run(
      "chrome",
      `const { gBrowser } = Services.wm.getMostRecentWindow("navigator:browser");
      return gBrowser.tabs.map(({ linkedBrowser }) => linkedBrowser.currentURI.spec);`,
    );
  await expect.poll(shown, { timeout: 10_000 }).toContain(`${origin}/welcome.html`);
  expect(await isGranted()).toBe(false);
  await openTab();
  await goTo(`${origin}/welcome.html`);
  await expect.poll(() => textsOf("[data-finding] .headline-summary"), { timeout: 10_000 }).toHaveLength(1);
  expect(await textsOf(".access-state")).toEqual(["Hopscope may not see any site yet."]);
});

test.each([
  ["oidc-provider-unknown-client", "unknown-client"],
  ["mcp-typescript-sdk-no-pkce", "pkce-required"],
])("%s is recorded, and the popup and the inspector say why it failed", async (id, finding) => {
  // What Firefox itself does when somebody says yes in its dialog.
  await firefox.run(
    "chrome",
    `${extension}
    const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
    await ExtensionPermissions.add(extension.id, { permissions: ["webNavigation"], origins: ["*://*/*"] }, extension);`,
  );
  await expect.poll(isGranted, { timeout: 5_000 }).toBe(true);
  await goTo(`${origin}/welcome.html`);
  await expect.poll(() => textsOf(".access-state"), { timeout: 5_000 }).toEqual(["Hopscope may watch on every site."]);

  const attempt = await lab.flows.find((flow) => flow.id === id)?.start();
  if (!attempt) throw new Error(`The lab has no flow ${id}`);
  try {
    await openTab();
    await goTo(attempt.url);
    const shown = String(await firefox.run("content", "return location.host;"));
    const tabId = await tabIdOf(shown);
    await openTab();
    await goTo(`${origin}/popup.html?tab=${tabId}`);
    await expect
      .poll(() => attributeOf(".attempt-list[data-here] [data-finding]", "data-finding"), { timeout: 15_000 })
      .toBe(finding);
    expect(await attributeOf("[data-flow]", "data-state")).toBe("not-connected");
    expect(await textsOf(".finding h4")).toContain("What to do");

    const flowId = String(await attributeOf("[data-flow]", "data-flow"));
    await goTo(`${origin}/inspector.html#/flow/${encodeURIComponent(flowId)}/sequence`);
    await expect
      .poll(() => textsOf(".picture [data-broken]"), { timeout: 10_000 })
      .toEqual([expect.stringContaining("Broke here")]);
    await goTo(`${origin}/inspector.html#/alerts`);
    await expect.poll(() => textsOf(".alert"), { timeout: 10_000 }).not.toEqual([]);
  } finally {
    await attempt.stop();
  }
});
