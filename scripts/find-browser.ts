import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export interface FoundBrowser {
  readonly path: string;
  /** Branded Chrome and Edge no longer take `--load-extension`; there the DevTools protocol loads the extension. */
  readonly isBranded: boolean;
}

const onPath = [
  "chromium",
  "chromium-browser",
  "brave-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
];

const usualPlaces: readonly string[] =
  {
    linux: [
      "/usr/bin/chromium",
      "/usr/bin/chromium-browser",
      "/snap/bin/chromium",
      "/usr/bin/brave-browser",
      "/usr/bin/google-chrome",
      "/usr/bin/google-chrome-stable",
      "/opt/google/chrome/chrome",
      "/usr/bin/microsoft-edge",
    ],
    darwin: ["", homedir()].flatMap((home) => [
      `${home}/Applications/Chromium.app/Contents/MacOS/Chromium`,
      `${home}/Applications/Brave Browser.app/Contents/MacOS/Brave Browser`,
      `${home}/Applications/Google Chrome.app/Contents/MacOS/Google Chrome`,
      `${home}/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge`,
    ]),
    win32: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) => {
      const root = process.env[name];
      return root === undefined
        ? []
        : [
            join(root, "Chromium", "Application", "chrome.exe"),
            join(root, "BraveSoftware", "Brave-Browser", "Application", "brave.exe"),
            join(root, "Google", "Chrome", "Application", "chrome.exe"),
            join(root, "Microsoft", "Edge", "Application", "msedge.exe"),
          ];
    }),
  }[process.platform as "linux" | "darwin" | "win32"] ?? [];

/** `CHROME_PATH` first, then the usual places, unbranded browsers before branded ones; `undefined` when there is none. */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env): FoundBrowser | undefined {
  const given = environment.CHROME_PATH;
  const searched = (environment.PATH ?? "")
    .split(process.platform === "win32" ? ";" : ":")
    .flatMap((folder) => onPath.map((name) => join(folder, name)));
  const path = given ? [given].find(existsSync) : [...usualPlaces, ...searched].find(existsSync);
  return path === undefined ? undefined : { path, isBranded: /google[ -]chrome|google\/chrome|edge/i.test(path) };
}
