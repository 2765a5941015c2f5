import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { isInteractionPage, type Judgement, judgeAnswer, type RequestShape } from "@/lib/servers/judge.ts";
import type { Matcher } from "@/lib/servers/matcher.ts";
import type { Scenario } from "./rows.ts";

/** Judges a scenario by texts, codes and the request alone: `lib/servers` without the pipe around it. */
export function judgeScenario(scenario: Scenario, matcher: Matcher): Judgement & { readonly isDistinctive: boolean } {
  const { observations, where } = scenario;
  const request = observations.find((each) => each.kind === "request");
  const page = observations.findLast((each) => each.kind === "page");
  const response = observations.findLast((each) => each.kind === "response");
  const body = page?.text ?? response?.body?.text ?? "";
  const last = new URL(
    observations.findLast((each): each is Extract<RawObservation, { url: string }> => "url" in each)?.url ?? "x:",
  );
  const json = membersOf(body);
  const text = (name: string): string | undefined => json[name] ?? last.searchParams.get(name) ?? undefined;
  const error = text("error");
  const errorDescription = text("error_description");
  const title = page?.title ?? "";
  const matches = matcher.matchMessages(`${title}\n${body}`, { where });
  const contentType = page?.contentType;
  const isInteraction =
    page !== undefined &&
    where === "authorize" &&
    isInteractionPage({
      ...(page.status !== undefined && { status: page.status }),
      ...(contentType !== undefined && { contentType }),
      ...(page.structure && { structure: page.structure }),
      ...(error !== undefined && { error }),
      title,
      text: body,
      matches,
    });
  const status = last.searchParams.has("error") && where === "callback" ? undefined : response?.status;
  const judgement = judgeAnswer(
    {
      where,
      matches,
      isInteraction,
      ...(error !== undefined && { error }),
      ...(errorDescription !== undefined && { errorDescription }),
      ...(status !== undefined && { status }),
      ...(contentType !== undefined && { contentType }),
      ...(request && { request: shapeOf(request) }),
      servers: matcher.recognisePage({ title, text: body }),
    },
    matcher.matchMessages,
  );
  return { ...judgement, isDistinctive: matches.some((match) => match.isDistinctive) };
}

function membersOf(text: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  } catch {
    return {};
  }
}

function shapeOf(request: Extract<RawObservation, { kind: "request" }>): RequestShape {
  const form = request.body?.kind === "form" ? request.body.fields : [];
  const values = new Map([
    ...new URL(request.url).searchParams,
    ...form.map(({ name, value }) => [name, value] as const),
  ]);
  const pick = (name: string): string | undefined => values.get(name);
  const clientId = pick("client_id");
  const responseType = pick("response_type");
  const challengeMethod = pick("code_challenge_method");
  const grantType = pick("grant_type");
  return {
    hasClientId: clientId !== undefined,
    hasRedirectUri: values.has("redirect_uri"),
    hasCodeChallenge: values.has("code_challenge"),
    hasState: values.has("state"),
    hasResource: values.has("resource"),
    ...(clientId !== undefined && { clientId }),
    ...(responseType !== undefined && { responseType }),
    ...(challengeMethod !== undefined && { challengeMethod }),
    ...(grantType !== undefined && { grantType }),
  };
}
