import { spawnSync } from "node:child_process";
import { findBrowser } from "./find-browser.ts";

const found = findBrowser();
if (!found) {
  const canInstall =
    process.platform === "linux" && process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (!canInstall) {
    console.error(
      "No Chromium-family browser found. Install Chromium (Debian, Ubuntu: `apt-get install chromium`; macOS: `brew install --cask chromium`), or set CHROME_PATH to the one you have.",
    );
    process.exit(1);
  }
  console.log("No Chromium-family browser found; installing Debian's chromium.");
  const run = (...words: readonly string[]) =>
    spawnSync("apt-get", words, {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    }).status;
  if (run("update") !== 0 || run("install", "-y", "--no-install-recommends", "chromium") !== 0 || !findBrowser()) {
    console.error("Chromium could not be installed; install it by hand or set CHROME_PATH.");
    process.exit(1);
  }
}
