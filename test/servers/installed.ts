import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const howTo = "Run `npm run servers:install` first.";

/** Where servers of other ecosystems are installed; git ignores it. */
export const installFolder = fileURLToPath(new URL("../../.lab/", import.meta.url));
export const pythonFolder = join(here, "python");
export const betterAuthFolder = join(here, "better-auth");
export const betterAuthLock = join(betterAuthFolder, "package-lock.json");
/** Holds the digest of the lock file that is installed. */
export const betterAuthStamp = join(betterAuthFolder, "node_modules", "installed.sha256");
export const requirementsFile = join(pythonFolder, "requirements.txt");
export const pythonEnvironment = join(installFolder, "python");
/** Holds the digest of the requirements that are installed. */
export const pythonStamp = join(pythonEnvironment, "installed.sha256");

export const digestOf = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");

/** The interpreter with the pinned packages. Throws, saying what to do, when they are missing or of another version. */
export function findPython(): string {
  const python = join(pythonEnvironment, "bin", "python");
  if (!existsSync(pythonStamp) || !existsSync(python))
    throw new Error(`The Python servers are not installed. ${howTo}`);
  if (readFileSync(pythonStamp, "utf8") !== digestOf(requirementsFile)) {
    throw new Error(`The installed Python servers are not those of requirements.txt. ${howTo}`);
  }
  return python;
}

/** Folder with better-auth and its packages. Throws, saying what to do, when they are missing or of another version. */
export function findBetterAuth(): string {
  if (!existsSync(betterAuthStamp) || readFileSync(betterAuthStamp, "utf8") !== digestOf(betterAuthLock)) {
    throw new Error(`better-auth is not installed, or not in the pinned version. ${howTo}`);
  }
  return betterAuthFolder;
}

/** Path of a program on PATH. Throws, naming the Debian package and the others' way, when there is none. */
export function findProgram(name: string, how: string): string {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    if (folder !== "" && existsSync(join(folder, name))) return join(folder, name);
  }
  throw new Error(`${name} is not installed. ${how}`);
}

export const redisHowTo =
  "On Debian or Ubuntu: `apt-get install redis-server`; macOS: `brew install redis`; Fedora: `dnf install redis`.";
