import { defineConfig } from "wxt";
import { preloadPage } from "./scripts/preload-page.ts";
import { withoutAdvice, withSignsOnly } from "./scripts/worker-scripts.ts";

// A fixed key gives every unpacked copy the same extension id, so grants survive a move of the folder.
const key =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA5Us7FjzaKcu7AMy/nmxwR5hNjHUWWljdeP7SE4WMlJipuwDxlvpcgezde+SoCBY7C7THEdtxcQ7z0II89r1abDDqhWzZ3ZZc7eqnH9exvBMReLDmdsKu+1TrXajFpdV9SJXng2Q5w3O/BI9fmTPLY/jmf8k8wPdYYbQ88lEs/pd5KU9WSXnlwmv7T6co8t9FijZ0X37qujylPF4FSYXAsSEvC7tyhyILRN3X9RGs3s9Cbu5Q9GfPRW2uOfOdvZBOsj496MtDqSS7k44lvQl7AzwjBdvR8C6Q59DBKpMrxuct6W5Gy1T46Llx28cIk0ryx58DvTElCY5x6+w7zrTMYQIDAQAB";

/** Every permission and its reason stands in docs/architecture.md; a test pins the list and the warnings it causes. */
const permissions = [
  "storage",
  "unlimitedStorage",
  "webRequest",
  "scripting",
  "activeTab",
  "identity",
  "declarativeNetRequestWithHostAccess",
  "contextMenus",
  "alarms",
];
const icons = { 16: "icon/16.png", 32: "icon/32.png", 48: "icon/48.png", 128: "icon/128.png" };

export default defineConfig({
  imports: false,
  modules: ["@wxt-dev/module-react"],
  // The preload polyfill fetches, which the content security policy is not for.
  vite: () => ({
    build: {
      modulePreload: { polyfill: false },
      rollupOptions: {
        // zod and virtua have comments at places that only their own bundlers read.
        onLog: (level, log, report) => {
          if (log.code !== "INVALID_ANNOTATION") report(level, log);
        },
      },
    },
  }),
  hooks: {
    // `devtools_page` alone makes Chrome warn of access to all sites at install: `wxt.devtools.config.ts` has it.
    "entrypoints:found": (_, found) => {
      const panel = found.findIndex(({ name }) => name === "devtools");
      if (panel >= 0) found.splice(panel, 1);
    },
    "vite:build:extendConfig": ([entrypoint], config) => {
      config.plugins?.push(preloadPage());
      if (entrypoint?.type === "background") config.plugins?.push(withSignsOnly());
      if (entrypoint?.name === "analysis") config.plugins?.push(withoutAdvice());
    },
    "build:manifestGenerated": ({ config }, manifest) => {
      // An event page cannot load a script later.
      if (config.browser === "firefox" && manifest.background && "scripts" in manifest.background)
        manifest.background.scripts?.unshift("analysis.js");
    },
  },
  manifest: ({ browser }) => ({
    name: "Hopscope",
    description: "Explains why an OAuth or MCP authorization attempt failed in the browser, with evidence.",
    icons,
    action: { default_title: "Hopscope", default_icon: icons },
    commands: { _execute_action: { suggested_key: { default: "Alt+Shift+H" } } },
    permissions: browser === "firefox" ? permissions : [...permissions, "sidePanel"],
    optional_permissions: ["webNavigation", "notifications", "downloads"],
    optional_host_permissions: ["*://*/*"],
    content_security_policy: {
      // http and https are for the metadata of the servers under diagnosis, and for nothing else.
      extension_pages: [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self' http: https:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ].join("; "),
    },
    ...(browser === "firefox"
      ? {
          // Firefox has no split mode, and a private window must leave nothing behind.
          incognito: "not_allowed" as const,
          browser_specific_settings: {
            gecko: {
              id: "hopscope@hopscope.dev",
              strict_min_version: "128.0",
              data_collection_permissions: { required: ["none"] },
            },
          },
        }
      : { key, incognito: "split" as const, minimum_chrome_version: "120" }),
  }),
});
