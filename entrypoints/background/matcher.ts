import { loadAnalysis } from "@/lib/browser/analysis.ts";
import type { Matcher } from "@/lib/servers/matcher.ts";

/** What `lib/servers` has in the worker's own script for its `createMatcher`: texts are read only where there is an attempt. */
export const createMatcher = (): Matcher => loadAnalysis().matcher;
