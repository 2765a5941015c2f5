import { checkJudged, failJudged, findRefusal } from "../answers.ts";
import { rfc } from "../references.ts";
import { isKnownAbsent, parameterEvidence } from "../requested.ts";
import { defineRule, notApplicable, pass } from "../rule.ts";

export const clientIdMissing = defineRule({
  id: "client-id-missing",
  title: "The authorization request has no client_id",
  severity: "error",
  needs: ["request", "answer", "response"],
  why: "client_id is required in every authorization request. Without it the server cannot know whom to answer and where, so it must refuse.",
  fix: [
    {
      by: "client",
      do: "Send client_id. When it comes from a setting or a registration, check that the value was there before the browser was opened.",
    },
    { by: "user", do: "Enter the client ID in the client's settings if it asks for one." },
  ],
  references: [rfc(6749, "4.1.1"), rfc(6749, "3.1")],
  supersedes: ["unknown-client", "authorization-request-invalid", "redirect-uri-not-registered"],
  check({ request, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const evidence = [parameterEvidence(request.value, "client_id")];
    const isAbsent = isKnownAbsent(request.value, "client_id");
    const refusal = findRefusal(answers);
    if (isAbsent && refusal) {
      const isEmpty = request.value.parameters.some((parameter) => parameter.name === "client_id");
      return failJudged(refusal, {
        isProven: true,
        summary: `The authorization request to ${request.value.url.host} has ${isEmpty ? "an empty" : "no"} client_id, and ${refusal.who} ${refusal.did}.`,
        evidence,
      });
    }
    if (isAbsent) return pass();
    return checkJudged("client-id-missing", answers, (answer) => ({
      summary: `${answer.who} ${answer.did}, as if client_id were missing.`,
      evidence,
    }));
  },
});
