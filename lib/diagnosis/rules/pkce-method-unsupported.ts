import { findUnlisted } from "../advertised.ts";
import { checkJudged, failJudged, findRefusal } from "../answers.ts";
import { rfc } from "../references.ts";
import { findSent, parameterEvidence } from "../requested.ts";
import { defineRule, notApplicable } from "../rule.ts";
import { list, quote } from "../words.ts";

export const pkceMethodUnsupported = defineRule({
  id: "pkce-method-unsupported",
  title: "The authorization server does not take this code_challenge_method",
  severity: "error",
  needs: ["request", "answer", "response", "metadata"],
  why: "code_challenge_method says how the challenge was made from the verifier; without it, plain is meant. Servers list the methods that they take, and many refuse plain.",
  fix: [
    { by: "client", do: "Send code_challenge_method=S256 and a challenge made with it." },
    { by: "operator", do: "Allow S256 for this client at the authorization server." },
  ],
  references: [rfc(7636, "4.3"), rfc(7636, "4.4.1"), rfc(8414, "2")],
  supersedes: ["pkce-required", "authorization-request-invalid"],
  check({ request, metadata, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const sent = findSent(request.value, "code_challenge_method")?.text;
    const method = sent ?? "plain";
    const evidence = [parameterEvidence(request.value, "code_challenge_method")];
    const said =
      sent === undefined ? "no code_challenge_method, which means plain" : `code_challenge_method ${quote(sent)}`;
    const unlisted = findSent(request.value, "code_challenge")
      ? findUnlisted({ metadata }, "code_challenge_methods_supported", (values) => values.includes(method))
      : undefined;
    const refusal = findRefusal(answers);
    const { causes = [] } = refusal?.judgement ?? {};
    const isAboutPkce =
      causes.some((cause) => cause.startsWith("pkce-")) || causes[0] === "authorization-request-invalid";
    if (unlisted && refusal && isAboutPkce) {
      return failJudged(refusal, {
        isProven: true,
        summary: `The request has ${said}, the server metadata lists ${list(unlisted.values)}, and ${refusal.who} ${refusal.did}.`,
        evidence: [...evidence, unlisted.evidence],
      });
    }
    return checkJudged("pkce-method-unsupported", answers, (answer) => ({
      summary: `The request has ${said}, and ${answer.who} ${answer.did}.`,
      evidence,
    }));
  },
});
