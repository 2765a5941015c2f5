import { clearText, printLocation } from "@/lib/exchange/print.ts";
import type { ProbeSubject } from "@/lib/probes/probe.ts";
import type { Flow } from "@/lib/trace/flow.ts";
import type { FlowFacts } from "./flow-facts.ts";

/** Sent anew by every probe. */
const renewed = new Set(["client_id", "redirect_uri", "state", "nonce", "code_challenge", "code_challenge_method"]);

/** What a probe may ask about this attempt; undefined when its authorization request was not seen. */
export function probeSubject(flow: Flow, facts: FlowFacts): ProbeSubject | undefined {
  if (facts.request.status !== "observed") return undefined;
  const { url, parameters, clientId, redirectUri } = facts.request.value;
  const document = facts.metadata.status === "observed" ? facts.metadata.value.server?.document : undefined;
  const endpoints = Object.fromEntries(
    Object.entries(document ?? {}).flatMap(([name, value]) =>
      name.endsWith("_endpoint") && typeof value === "string" && URL.canParse(value) ? [[name, value]] : [],
    ),
  );
  const has = (name: string) => parameters.some((parameter) => parameter.name === name);
  const others = parameters.filter(({ name }) => !renewed.has(name));
  const isKnown = (parameter: (typeof others)[number]) =>
    clearText(parameter) !== undefined && isComplete(parameter.value);
  const { token_endpoint: token, registration_endpoint: registration } = endpoints;
  return {
    flowId: flow.id,
    authorizationEndpoint: printLocation(url),
    ...(token !== undefined && { tokenEndpoint: token }),
    ...(registration !== undefined && { registrationEndpoint: registration }),
    endpoints: { authorization_endpoint: printLocation(url), ...endpoints },
    ...(clientId !== undefined && { clientId }),
    ...(redirectUri && isComplete({ kind: "url", url: redirectUri.url }) && { redirectUri: redirectUri.text }),
    parameters: others
      .filter(isKnown)
      .map((parameter) => ({ name: parameter.name, value: clearText(parameter) ?? "" })),
    hasState: has("state"),
    hasNonce: has("nonce"),
    hasCodeChallenge: has("code_challenge"),
    unrepeatable: others.filter((parameter) => !isKnown(parameter)).map(({ name }) => name),
  };
}

/** A URL can be sent again only when no part of it was replaced. */
const isComplete = (value: { readonly kind: string; readonly url?: FlowFacts["answers"][number]["url"] }): boolean =>
  value.kind !== "url" ||
  (value.url !== undefined &&
    value.url.pathFingerprint === undefined &&
    value.url.hasUserinfo === undefined &&
    value.url.parameters.every((parameter) => parameter.value.kind === "clear"));
