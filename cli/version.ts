import { readFileSync } from "node:fs";

/** Of the package that this file belongs to. */
export const version = readVersion();

function readVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const { version: written } = JSON.parse(text) as { readonly version: string };
  return written;
}
