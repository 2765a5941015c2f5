import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { createDiscovery } from "@/lib/browser/discover.ts";
import { createProjector } from "@/lib/browser/projector.ts";
import { matchMessages, recognisePage } from "@/lib/servers/index.ts";

/** The part of the worker that only an attempt needs; `lib/browser/analysis.ts` loads it. */
export default defineUnlistedScript(() => {
  globalThis.hopscopeAnalysis = { createDiscovery, createProjector, matcher: { matchMessages, recognisePage } };
});
