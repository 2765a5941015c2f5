import type { Terminal } from "./terminal.ts";

/** `--yes`, or what the person at the terminal answers; nothing is sent without either. */
export async function isAgreed(
  terminal: Terminal,
  { yes }: { readonly yes: boolean },
  question: string,
): Promise<boolean> {
  if (yes) return true;
  if (terminal.confirm && (await terminal.confirm(question))) return true;
  terminal.err(
    terminal.confirm ? "Nothing was sent.\n" : "Nothing was sent: add --yes to agree without being asked.\n",
  );
  return false;
}
