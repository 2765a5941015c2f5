import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";

/** The redirect URI exactly as the client sent it; undefined when a part of it was replaced before it was stored. */
export function exactRedirectUri({ facts }: FlowReport): string | undefined {
  if (facts.request.status !== "observed") return undefined;
  const redirect = facts.request.value.redirectUri;
  const isWhole =
    redirect &&
    redirect.url.pathFingerprint === undefined &&
    redirect.url.fragment === undefined &&
    !redirect.url.hasUserinfo &&
    redirect.url.parameters.every((parameter) => parameter.value.kind === "clear");
  return isWhole ? redirect.text : undefined;
}
