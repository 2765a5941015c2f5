import { spawnSync } from "node:child_process";
import { findFirefox } from "./find-firefox.ts";

if (!findFirefox()) {
  const canInstall =
    process.platform === "linux" && process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (!canInstall) {
    console.error(
      "No Firefox found. Install it (Debian: `apt-get install firefox-esr`; macOS: `brew install --cask firefox`), or set FIREFOX_PATH to the one you have.",
    );
    process.exit(1);
  }
  console.log("No Firefox found; installing Debian's firefox-esr.");
  const run = (...words: readonly string[]) =>
    spawnSync("apt-get", words, {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    }).status;
  if (run("update") !== 0 || run("install", "-y", "--no-install-recommends", "firefox-esr") !== 0 || !findFirefox()) {
    console.error("Firefox could not be installed; install it by hand or set FIREFOX_PATH.");
    process.exit(1);
  }
}
