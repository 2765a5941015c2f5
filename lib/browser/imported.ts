import { browser } from "wxt/browser";
import * as z from "zod/mini";
import { area, placeOf } from "./area.ts";

const place = placeOf("imported-sessions");
const stored = z.array(z.string());

/** Sessions whose observations came from files that the user kept. */
export async function readImported(): Promise<ReadonlySet<string>> {
  const found = stored.safeParse((await browser.storage[area].get(place))[place]);
  return new Set(found.success ? found.data : []);
}

export async function rememberImported(sessions: readonly string[]): Promise<void> {
  if (sessions.length === 0) return;
  await browser.storage[area].set({ [place]: [...new Set([...(await readImported()), ...sessions])] });
}

export async function forgetImported(): Promise<void> {
  await browser.storage[area].set({ [place]: [] });
}
