import { checkJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { defineRule } from "../rule.ts";

export const policyDenied = defineRule({
  id: "policy-denied",
  title: "A policy of the authorization server denies this sign-in",
  severity: "error",
  needs: ["answer", "response", "delivery"],
  why: "Whoever runs the server has decided that this person, device, place or client may not sign in like this: an assignment is missing, an administrator has to consent first, or a conditional rule applies.",
  fix: [
    {
      by: "operator",
      do: "Look into the sign-in log of the authorization server for this attempt: it names the policy. Assign the person or consent for the client if they are meant to be let in.",
    },
    { by: "user", do: "Ask whoever administers the account, and send them the report; trying again does not help." },
  ],
  references: [rfc(6749, "4.1.2.1")],
  supersedes: ["access-denied"],
  check(facts) {
    return checkJudged("policy-denied", facts, (answer) => ({ summary: `${answer.who} ${answer.did}.` }));
  },
});
