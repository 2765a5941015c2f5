import type { Step } from "./connection.ts";

const longestSentence = 400;
/** Shorter ones are found in ordinary words. */
const shortestSecret = 6;

/** Tells the steps of a run without the secrets that came up in it: servers quote what they were sent. */
export interface Telling {
  readonly tell: (step: Step) => void;
  /** Values that no sentence may hold from now on. */
  readonly hide: (...values: readonly unknown[]) => void;
  readonly clean: (text: string) => string;
}

export function createTelling(onStep: (step: Step) => void): Telling {
  const secrets = new Set<string>();
  const clean = (text: string): string => {
    let plain = text;
    for (const secret of secrets) plain = plain.replaceAll(secret, "…");
    return plain.length > longestSentence ? `${plain.slice(0, longestSentence - 1)}…` : plain;
  };
  return {
    tell: (step) => onStep({ ...step, says: clean(step.says) }),
    hide: (...values) => {
      for (const value of values) {
        if (typeof value !== "string" || value.length < shortestSecret) continue;
        secrets.add(value).add(encodeURIComponent(value));
      }
    },
    clean,
  };
}
