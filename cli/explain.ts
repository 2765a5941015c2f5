import { promises as files } from "node:fs";
import { toVisibleText } from "@/lib/report/visible-text.ts";
import type { Terminal } from "./terminal.ts";

const folder = new URL("../docs/findings/", import.meta.url);

/** Prints the page of one finding, or the list of all of them when none is named. */
export async function runExplain(terminal: Terminal, id: string | undefined): Promise<number> {
  const pages = (await files.readdir(folder)).filter((name) => name.endsWith(".md")).map((name) => name.slice(0, -3));
  const known = pages.sort();
  if (id === undefined) {
    terminal.out(`${known.join("\n")}\n`);
    return 0;
  }
  if (!known.includes(id)) {
    const similar = known.filter((name) => name.split("-").some((word) => word.length > 3 && id.includes(word)));
    const hint = similar.length > 0 ? `Similar: ${similar.join(", ")}.` : "`hopscope explain` lists all of them.";
    terminal.err(`There is no finding ${toVisibleText(id)}. ${hint}\n`);
    return 2;
  }
  terminal.out(await files.readFile(new URL(`${id}.md`, folder), "utf8"));
  return 0;
}
