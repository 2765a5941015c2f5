import { existsSync } from "node:fs";
import { join } from "node:path";

const usualPlaces: readonly string[] =
  {
    linux: ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/snap/bin/firefox"],
    darwin: ["/Applications/Firefox.app/Contents/MacOS/firefox"],
    win32: ["C:\\Program Files\\Mozilla Firefox\\firefox.exe"],
  }[process.platform as "linux" | "darwin" | "win32"] ?? [];

/** `FIREFOX_PATH` first, then the usual places; `undefined` when there is none. */
export function findFirefox(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = environment.FIREFOX_PATH;
  const searched = (environment.PATH ?? "").split(":").map((folder) => join(folder, "firefox"));
  return given ? [given].find(existsSync) : [...usualPlaces, ...searched].find(existsSync);
}
