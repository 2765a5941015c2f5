import { checkJudged } from "../answers.ts";
import { openidCore, rfc } from "../references.ts";
import { findSent, parameterEvidence } from "../requested.ts";
import { defineRule } from "../rule.ts";
import { meaningOf } from "../words.ts";

export const interactionRequired = defineRule({
  id: "interaction-required",
  title: "The authorization server has to ask the person, and the request did not let it",
  severity: "error",
  needs: ["request", "answer", "response"],
  why: "With prompt=none the server must answer at once, without any page. When a login, a consent or the choice of an account is needed, all that it can do is to say so; the client is expected to ask again, visibly.",
  fix: [
    { by: "client", do: "Send the request again without prompt=none, in a window that the person sees." },
    {
      by: "user",
      do: "Sign in to the authorization server, and allow its cookies where the client checks the session in a frame.",
    },
  ],
  references: [openidCore("3.1.2.6", "AuthError"), rfc(6749, "4.1.2.1")],
  check({ request, ...answers }) {
    const prompt = request.status === "observed" ? findSent(request.value, "prompt")?.text : undefined;
    const isSilent = prompt?.split(" ").includes("none") ?? false;
    const outcome = checkJudged("interaction-required", answers, (answer) => {
      const meaning = answer.error && meaningOf(answer.error.error);
      return {
        isProven: isSilent,
        summary: `${isSilent ? "The request forbade to ask the person (prompt=none), and " : ""}${answer.who} ${answer.did}${meaning ? `: ${meaning}` : ""}.`,
        evidence: request.status === "observed" ? [parameterEvidence(request.value, "prompt")] : [],
      };
    });
    // A silent check of the session is meant to be answered like this.
    return outcome.kind === "fail" && isSilent ? { ...outcome, severity: "info" } : outcome;
  },
});
