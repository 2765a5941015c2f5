import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";

/** What no URI holds as itself (RFC 3986, section 2): pasted into a terminal, a line break would run what stands before it. */
const foreign = /[\s\p{C}]/u;

/**
 * The redirect URI exactly as the client sent it; undefined when a part of it was replaced before it was stored, or when it
 * is none.
 */
export function exactRedirectUri({ facts }: FlowReport): string | undefined {
  if (facts.request.status !== "observed") return undefined;
  const redirect = facts.request.value.redirectUri;
  const isWhole =
    redirect &&
    redirect.url.pathFingerprint === undefined &&
    redirect.url.fragment === undefined &&
    !redirect.url.hasUserinfo &&
    redirect.url.parameters.every((parameter) => parameter.value.kind === "clear");
  return isWhole && !foreign.test(redirect.text) ? redirect.text : undefined;
}
