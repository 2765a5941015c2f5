import { checkJudged, failJudged, findRefusal } from "../answers.ts";
import { rfc } from "../references.ts";
import { isKnownAbsent, parameterEvidence } from "../requested.ts";
import { defineRule, notApplicable, pass } from "../rule.ts";

export const redirectUriMissing = defineRule({
  id: "redirect-uri-missing",
  title: "The authorization request has no redirect_uri where one is needed",
  severity: "error",
  needs: ["request", "answer", "response"],
  why: "redirect_uri may be left out only when exactly one complete redirect URI is registered for the client, and many servers, all of OpenID Connect included, never allow that.",
  fix: [
    { by: "client", do: "Send redirect_uri, exactly as it is registered." },
    { by: "operator", do: "Register a redirect URI for this client if there is none." },
  ],
  references: [rfc(6749, "3.1.2.3"), rfc(6749, "4.1.1")],
  supersedes: ["redirect-uri-not-registered", "authorization-request-invalid"],
  check({ request, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const evidence = [parameterEvidence(request.value, "redirect_uri")];
    const refusal = findRefusal(answers);
    const isAbsent = isKnownAbsent(request.value, "redirect_uri");
    if (isAbsent && refusal?.judgement.causes.some((cause) => cause.startsWith("redirect-uri-"))) {
      return failJudged(refusal, {
        isProven: true,
        summary: `The authorization request to ${request.value.url.host} has no redirect_uri, and ${refusal.who} ${refusal.did}.`,
        evidence,
      });
    }
    if (isAbsent) return refusal ? pass() : notApplicable("the request was not refused");
    return checkJudged("redirect-uri-missing", answers, (answer) => ({
      summary: `${answer.who} ${answer.did}, as if redirect_uri were missing.`,
      evidence,
    }));
  },
});
