import { browser } from "wxt/browser";
import type { Access, PopupIndex } from "@/lib/report/summary.ts";
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

/** As a list shows it; `older` says that there are more to come. */
export const showNewest = ({ index: { attempts, gaps, older }, ...surroundings }: Newest): PopupIndex => ({
  attempts,
  gaps,
  ...surroundings,
  ...(older > 0 && { older }),
});

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
  /** What was read, when that is done already: a page need not show first that it reads. */
  readonly read: () => Newest | undefined;
  /** Stops watching; whether anything changed since it was asked for. */
  readonly take: () => boolean;
}

export function askNewest(): AskedNewest {
  let hasChanged = false;
  const stop = watchNewest(() => {
    hasChanged = true;
  });
  let read: Newest | undefined;
  const reading = readNewest().then((newest) => {
    read = newest;
    return newest;
  });
  return {
    reading,
    read: () => read,
    take() {
      stop();
      return hasChanged;
    },
  };
}
