import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type ExtensionBrowser, launch } from "./browser.ts";

let browser: ExtensionBrowser;
let manifest: chrome.runtime.ManifestV3;

beforeAll(async () => {
  browser = await launch({ extension: inject("extension"), grant: "none" });
  manifest = JSON.parse(await readFile(join(inject("extension"), "manifest.json"), "utf8"));
});
afterAll(() => browser?.close());

test("the permissions are those of the design and no others", () => {
  expect(manifest.permissions?.toSorted()).toEqual([
    "activeTab",
    "alarms",
    "contextMenus",
    "declarativeNetRequestWithHostAccess",
    "identity",
    "scripting",
    "sidePanel",
    "storage",
    "unlimitedStorage",
    "webRequest",
  ]);
  expect(manifest.optional_permissions?.toSorted()).toEqual(["downloads", "notifications", "webNavigation"]);
  expect(manifest.optional_host_permissions).toEqual(["*://*/*"]);
  expect(manifest.host_permissions).toBeUndefined();
  expect(manifest.content_scripts).toBeUndefined();
  expect(manifest.web_accessible_resources).toBeUndefined();
  expect(manifest.externally_connectable).toBeUndefined();
  expect(manifest.devtools_page).toBeUndefined();
  expect(manifest.incognito).toBe("split");
});

test("the pages load nothing and run nothing that is not packed with them", () => {
  expect(manifest.content_security_policy).toEqual({
    extension_pages:
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' http: https:; " +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  });
});

test("the script that ordinary browsing wakes is small: at most 80 kB gzipped", async () => {
  expect(gzipSync(await readFile(join(inject("extension"), "background.js"))).length).toBeLessThanOrEqual(80_000);
});

test("the browser warns of nothing at install", async () => {
  const warnings = (manifestText: string) =>
    browser.bench.evaluate((text) => chrome.management.getPermissionWarningsByManifest(text), manifestText);
  expect(await warnings(JSON.stringify(manifest))).toEqual([]);
  // The same question does find warnings where there are some.
  expect(await warnings(JSON.stringify({ ...manifest, permissions: ["webNavigation"] }))).toEqual([
    "Read your browsing history",
  ]);
});

test("nothing is granted at install, and the badge says so", async () => {
  const { origins, permissions } = await browser.bench.evaluate(() => chrome.permissions.getAll());
  expect(origins).toEqual([]);
  expect(permissions).not.toContain("webNavigation");
  await expect.poll(() => browser.bench.evaluate(() => chrome.action.getBadgeText({}))).toBe("?");
});
