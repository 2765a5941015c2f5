import { browser } from "wxt/browser";
import type { Access } from "@/lib/report/summary.ts";
import { readAccess } from "./permissions.ts";
import { type NewestAttempts, readIndex, watchStoredIndex } from "./popup-index.ts";
import { readSettings, watchSettings } from "./settings.ts";

// Small by itself, so that a page can ask before anything else of it has loaded.

/** What a list of attempts opens with. */
export interface Newest {
  readonly index: NewestAttempts;
  readonly isPaused: boolean;
  readonly access: Access;
}

export async function readNewest(): Promise<Newest> {
  const [index, { isPaused }, access] = await Promise.all([readIndex(), readSettings(), readAccess()]);
  return { index, isPaused, access };
}

/** Calls back when any of it changed; the answer stops it. */
export function watchNewest(onChange: () => void): () => void {
  const stopIndex = watchStoredIndex(onChange);
  const stopSettings = watchSettings(onChange);
  browser.permissions.onAdded.addListener(onChange);
  browser.permissions.onRemoved.addListener(onChange);
  return () => {
    stopIndex();
    stopSettings();
    browser.permissions.onAdded.removeListener(onChange);
    browser.permissions.onRemoved.removeListener(onChange);
  };
}

/** What was asked for while the page that shows it was still loading. */
export interface AskedNewest {
  readonly reading: Promise<Newest>;
  /** Stops watching; whether anything changed since it was asked for. */
  readonly take: () => boolean;
}

export function askNewest(): AskedNewest {
  let hasChanged = false;
  const stop = watchNewest(() => {
    hasChanged = true;
  });
  return {
    reading: readNewest(),
    take() {
      stop();
      return hasChanged;
    },
  };
}
