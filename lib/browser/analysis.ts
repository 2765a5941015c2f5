import type { Matcher } from "@/lib/servers/matcher.ts";
import type { createDiscovery } from "./discover.ts";
import type { createProjector } from "./projector.ts";

/** What the worker needs once there is an attempt: the words of servers, the pipeline from observations to findings, and discovery. */
interface Analysis {
  readonly createDiscovery: typeof createDiscovery;
  readonly createProjector: typeof createProjector;
  readonly matcher: Matcher;
}

declare global {
  /** Set by `entrypoints/analysis`. */
  var hopscopeAnalysis: Analysis | undefined;
  /** Of service workers; an event page, which Firefox runs instead, has none and gets both scripts from its manifest. */
  function importScripts(...urls: readonly unknown[]): void;
  var trustedTypes:
    | { createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(url: string): unknown } }
    | undefined;
}

const script = "/analysis.js";

/** The content security policy has scripts named by a policy only; this one names no other. */
function importAnalysis(): void {
  const policy = globalThis.trustedTypes?.createPolicy("analysis", { createScriptURL: () => script });
  importScripts(policy?.createScriptURL(script) ?? script);
}

/**
 * Call once while the worker's script runs. Ordinary browsing wakes the worker all day: a script of its own keeps what only an
 * attempt needs out of that. A service worker may import later only what it imported while it was installed.
 */
export function installAnalysis(): void {
  if (typeof importScripts === "function") addEventListener("install", importAnalysis);
}

/** Loaded at the first call, at once. */
export function loadAnalysis(): Analysis {
  if (globalThis.hopscopeAnalysis === undefined) importAnalysis();
  if (globalThis.hopscopeAnalysis === undefined) throw new Error(`${script} did not load`);
  return globalThis.hopscopeAnalysis;
}
