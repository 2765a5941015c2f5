import { isSameTarget } from "@/lib/exchange/compare.ts";
import type { RedactedUrl } from "@/lib/exchange/observation.ts";
import { clearText, findParameter } from "@/lib/exchange/print.ts";
import type { FlowFacts, LegFacts } from "@/lib/facts/flow-facts.ts";
import { checkJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { defineRule, fail, pass } from "../rule.ts";
import { quote, sayError } from "../words.ts";

export const upstreamAuthorizationFailed = defineRule({
  id: "upstream-authorization-failed",
  title: "The authorization server behind this one refused",
  severity: "error",
  needs: ["answer", "response", "legs"],
  why: "This server passes the login on to another one and is a client there. What the other one refuses (its client, its redirect URI, the person) ends the attempt here, although nothing is wrong with the request that the client sent.",
  fix: [
    {
      by: "operator",
      do: "Correct this server's own registration at the upstream authorization server: client ID, secret, redirect URI, scopes. Its error is quoted above.",
    },
    { by: "user", do: "If the upstream server asked and you refused or used another account, start again." },
  ],
  references: [rfc(6749, "4.1.2.1")],
  supersedes: [
    "authorization-server-error",
    "authorization-server-unavailable",
    "authorization-request-invalid",
    "unknown-client",
    "client-not-allowed",
    "scope-invalid",
    "access-denied",
    "policy-denied",
    "interaction-required",
    "redirect-uri-not-registered",
    "callback-failed",
  ],
  check({ legs, ...answers }) {
    return (
      checkPage(answers) ??
      checkReturn(legs, answers) ??
      checkJudged("upstream-authorization-failed", answers, (answer) => ({
        summary: `${answer.who} passed the login on, and ${answer.did}.`,
      }))
    );
  },
});

/** The attempt ended on the upstream server's own page. */
function checkPage({ answer }: Pick<FlowFacts, "answer">) {
  if (answer.status !== "observed" || answer.value.role !== "upstream") return undefined;
  const { judgement, url, status, excerpt, oauthError, endless, exchangeId, role } = answer.value;
  if (judgement.causes.length === 0) return pass();
  const says = endless ?? (oauthError ? sayError(oauthError) : quote(excerpt ?? `status ${status}`));
  return fail({
    certainty: judgement.certainty,
    summary:
      endless !== undefined
        ? `The login was passed on to ${url.host}, which redirected the browser until it gave up (${endless}).`
        : `The login was passed on to ${url.host}, which answered${status === undefined ? "" : ` ${status}`} with ${says}: ${judgement.causes[0]?.replaceAll("-", " ")}, as far as it concerns this server's own registration there.`,
    evidence: [
      {
        exchangeId,
        role,
        part: excerpt === undefined ? "response" : "page",
        where: "answer of the upstream server",
        says,
        isPrimary: true,
      },
    ],
  });
}

/** The upstream server sent an error back to this one, which then ended the attempt too. */
function checkReturn(legs: readonly LegFacts[], { answer, response }: Pick<FlowFacts, "answer" | "response">) {
  const ended =
    (response.status === "observed" && response.value.error !== undefined) ||
    (answer.status === "observed" && answer.value.judgement.causes.length > 0);
  const [found] = ended ? legs.flatMap((leg) => refusalOf(leg, legs) ?? []) : [];
  if (!found) return undefined;
  const { request, leg, back } = found;
  const error = clearText(findParameter(back, "error")) ?? "unknown";
  // Passed on as it was, this is what access-denied says: mostly the person said no, and nothing is to be corrected.
  if (error === "access_denied" && response.status === "observed" && response.value.error?.error === error)
    return undefined;
  const description = clearText(findParameter(back, "error_description"));
  const says = sayError({ error, ...(description !== undefined && { error_description: description }) });
  return fail({
    certainty: "proven",
    summary: `The login was passed on to ${request.url.host}, which sent the browser back to ${back.host} with ${says}.`,
    evidence: [
      {
        exchangeId: leg.exchangeId,
        role: leg.role,
        part: "response",
        where: "response of the upstream server",
        says,
        isPrimary: true,
      },
    ],
  });
}

/** What an upstream request came to: an error at its redirect URI, straight away or from a login page, after which it was not asked again. */
function refusalOf(request: LegFacts, legs: readonly LegFacts[]) {
  if (request.role !== "upstream") return undefined;
  const asked = findParameter(request.url, "redirect_uri")?.value;
  // Behind PAR or a request object only the request's own answer shows where it leads.
  const isBack = (url: RedactedUrl, leg: LegFacts) =>
    asked?.kind === "url" ? isSameTarget(asked.url, url) : leg === request && url.host !== request.url.host;
  // Where the answer goes straight to the client, that is who was told.
  const isClients = ({ role, url }: LegFacts) =>
    role === "redirection-endpoint" && asked?.kind === "url" && isBack(url, request);
  if (legs.some(isClients)) return undefined;
  const after = legs.slice(legs.indexOf(request));
  const last = after
    .flatMap((leg, index) => {
      if (leg.redirect && isBack(leg.redirect, leg)) return { request, leg, back: leg.redirect };
      const before = after[index - 1];
      if (before?.redirect && isBack(before.redirect, before)) return [];
      return before && (leg.role === "upstream" || isBack(leg.url, leg)) ? { request, leg, back: leg.url } : [];
    })
    .at(-1);
  return last && findParameter(last.back, "error") ? last : undefined;
}
