import { failJudged, findRefusal } from "../answers.ts";
import { rfc } from "../references.ts";
import { findRedirectUriProblems, findSent, isUsualRedirectUri, parameterEvidence } from "../requested.ts";
import { defineRule, notApplicable, pass } from "../rule.ts";
import { list, quote } from "../words.ts";

export const redirectUriInvalid = defineRule({
  id: "redirect-uri-invalid",
  title: "The redirect_uri is malformed or of a kind that the server does not accept",
  severity: "error",
  needs: ["request", "answer", "response"],
  why: "A redirect URI must be absolute and must not have a fragment, and servers refuse forms that are unsafe: user information, wildcards, script schemes, plain http to another host, and often private-use schemes.",
  fix: [
    {
      by: "client",
      do: "Send an absolute https URI, or http on a loopback address for a native client, percent-encoded once and without a fragment.",
    },
    {
      by: "operator",
      do: "Where a private-use scheme is meant, allow it for this client at the authorization server.",
    },
  ],
  references: [rfc(6749, "3.1.2"), rfc(8252, "7"), rfc(9700, "2.1")],
  supersedes: ["redirect-uri-not-registered", "authorization-request-invalid"],
  check({ request, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const sent = findSent(request.value, "redirect_uri");
    if (!sent) return notApplicable("the request has no redirect_uri");
    const refusal = findRefusal(answers);
    if (!refusal) return notApplicable("the request was not refused");
    const { causes } = refusal.judgement;
    const isAboutUri = causes.some((cause) => cause.startsWith("redirect-uri-"));
    const problems = findRedirectUriProblems(request.value);
    if (problems.length > 0 && (isAboutUri || causes[0] === "authorization-request-invalid")) {
      return failJudged(refusal, {
        isProven: isAboutUri,
        summary: `redirect_uri ${quote(sent.text)} is not valid: ${list(problems)}. ${refusal.who} ${refusal.did}.`,
        evidence: [parameterEvidence(request.value, "redirect_uri")],
      });
    }
    // A well-formed https or loopback URI that a server calls invalid is one that it has not registered.
    if (causes[0] !== "redirect-uri-invalid" || isUsualRedirectUri(request.value)) return pass();
    return failJudged(refusal, {
      summary: `${refusal.who} does not accept redirect_uri ${quote(sent.text)}: it ${refusal.did}.`,
      evidence: [parameterEvidence(request.value, "redirect_uri")],
    });
  },
});
