import { browser } from "wxt/browser";
import type { Range } from "@/lib/trace/units.ts";
import { placeOf } from "./area.ts";

/**
 * Where the next worker finds what is stored of attempts that have been waiting for long. Like the tabs that they wait in it
 * outlives the worker, not the browser session.
 */
export interface Waiting {
  read(): Promise<readonly Range[]>;
  write(ranges: readonly Range[]): void;
}

const place = placeOf("waiting");
const most = 50;
/** Milliseconds that a range may end too late, so that not every event writes. */
const coarse = 5 * 60_000;

export function createWaiting(): Waiting {
  let written: string | undefined;
  let isRead = false;
  return {
    async read() {
      const found: unknown = (await browser.storage.session.get(place))[place];
      isRead = true;
      return Array.isArray(found) ? found : [];
    },
    write(ranges) {
      const newest = ranges
        .toSorted((one, other) => one.to - other.to)
        .slice(-most)
        .map(({ from, to }) => ({ from, to: Math.ceil(to / coarse) * coarse }));
      const text = JSON.stringify(newest);
      // What could not be read is not to be written over.
      if (!isRead || text === written) return;
      written = text;
      void browser.storage.session.set({ [place]: newest }).catch(() => undefined);
    },
  };
}
