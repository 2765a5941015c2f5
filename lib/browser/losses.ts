import { browser } from "wxt/browser";
import type { Observation } from "@/lib/exchange/observation.ts";
import { readStored } from "@/lib/redaction/redact.ts";
import { placeOf } from "./area.ts";

/**
 * The gaps that say what could not be stored, while there is no room for them either. They outlive the worker, not the browser
 * session: with it ends what they are about.
 */
export interface Losses {
  read(): Promise<readonly Observation[]>;
  write(gaps: readonly Observation[]): Promise<void>;
}

const place = placeOf("losses");

export const sessionLosses: Losses = {
  async read() {
    const found: unknown = (await browser.storage.session.get(place))[place];
    return Array.isArray(found) ? found.flatMap((value) => readStored(value) ?? []) : [];
  },
  async write(gaps) {
    await browser.storage.session.set({ [place]: gaps });
  },
};
