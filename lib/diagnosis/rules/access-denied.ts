import { checkJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { defineRule } from "../rule.ts";
import { meaningOf } from "../words.ts";

export const accessDenied = defineRule({
  id: "access-denied",
  title: "The person or the authorization server denied the request",
  severity: "error",
  needs: ["answer", "response", "delivery"],
  why: "The request was in order and reached the point where somebody decides. access_denied says that the answer was no: the person chose to refuse or cancel, or the server decided for them.",
  fix: [
    { by: "user", do: "Start again and choose to allow, with an account that may use this application." },
    {
      by: "operator",
      do: "If nobody was asked, look into the sign-in log of the authorization server for the rule that denied this person or this client.",
    },
  ],
  references: [rfc(6749, "4.1.2.1")],
  check(facts) {
    return checkJudged("access-denied", facts, (answer) => ({
      // The code is the server's own decision, told by the protocol, and covers a policy as well; words on a page do not.
      isProven:
        answer.leg === "response" &&
        answer.error?.error === "access_denied" &&
        answer.judgement.certainty === "likely" &&
        answer.judgement.causes.every((cause) => cause === "access-denied" || cause === "policy-denied"),
      summary: `${answer.who} ${answer.did}: ${meaningOf("access_denied")}.`,
    }));
  },
});
