import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  betterAuthFolder,
  betterAuthLock,
  betterAuthStamp,
  digestOf,
  findProgram,
  installFolder,
  pythonEnvironment,
  pythonStamp,
  redisHowTo,
  requirementsFile,
} from "../test/servers/installed.ts";

/** Installs the servers of other ecosystems in their pinned versions; does nothing where they are there already. */

function run(command: string, args: readonly string[], cwd = installFolder): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status === 0) return;
  const said = [error?.message, stdout, stderr].filter(Boolean).join("\n");
  throw new Error(`${command} ${args.join(" ")} failed:\n${said.slice(-3000)}`);
}

function installPython(): string {
  const wanted = digestOf(requirementsFile);
  if (existsSync(pythonStamp) && readFileSync(pythonStamp, "utf8") === wanted) return "already there";
  const python = findProgram(
    "python3",
    "Python 3.11 or later with its venv module (Debian: `python3-venv`) is needed.",
  );
  run(python, ["-m", "venv", "--clear", pythonEnvironment]);
  run(join(pythonEnvironment, "bin", "python"), [
    ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"],
    ...["--requirement", requirementsFile],
  ]);
  writeFileSync(pythonStamp, wanted);
  return "installed";
}

function installBetterAuth(): string {
  const wanted = digestOf(betterAuthLock);
  if (existsSync(betterAuthStamp) && readFileSync(betterAuthStamp, "utf8") === wanted) return "already there";
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], betterAuthFolder);
  writeFileSync(betterAuthStamp, wanted);
  return "installed";
}

function installRedis(): string {
  try {
    findProgram("redis-server", redisHowTo);
    return "already there";
  } catch (missing) {
    const isDebianRoot = existsSync("/etc/debian_version") && process.getuid?.() === 0;
    if (!isDebianRoot) throw missing;
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "redis-server"]);
    return "installed";
  }
}

mkdirSync(installFolder, { recursive: true });
const steps = { "Python servers": installPython, "better-auth": installBetterAuth, "redis-server": installRedis };
let failures = 0;
for (const [name, install] of Object.entries(steps)) {
  try {
    console.log(`${name}: ${install()}`);
  } catch (error) {
    failures += 1;
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
process.exitCode = failures === 0 ? 0 : 1;
