import { checkJudged, findJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { rivalsOf } from "../rivals.ts";
import { defineRule } from "../rule.ts";
import { meaningOf } from "../words.ts";

export const authorizationServerError = defineRule({
  id: "authorization-server-error",
  title: "The authorization server failed while it handled the request",
  severity: "error",
  needs: ["answer", "response", "tokens", "registration"],
  why: "The server met a condition it was not written for, and says nothing about the request. Its log at this moment holds the cause; the browser does not get to see it.",
  fix: [
    {
      by: "operator",
      do: "Look into the authorization server's log at the time of this request. When only some requests fail, compare its instances: their stores, keys and versions.",
    },
    { by: "user", do: "Try again once; if it fails again, send the report to whoever runs the authorization server." },
  ],
  references: [rfc(6749, "4.1.2.1"), rfc(9110, "15.6")],
  supersedes: ["authorization-request-invalid"],
  check(facts) {
    const outcome = checkJudged("authorization-server-error", facts, (answer) => ({
      isProven: (answer.status ?? 0) >= 500 && answer.judgement.causes.length === 1,
      summary: `${answer.who} ${answer.did}${answer.leg === "response" ? `: ${meaningOf("server_error")}` : ""}.`,
    }));
    const isAtEndpoint = findJudged(["authorization-server-error"], facts)?.leg === "authorization";
    if (outcome.kind !== "fail" || outcome.certainty !== "proven" || !isAtEndpoint) return outcome;
    // Servers that trip over a client they cannot find or read answer just like this.
    return { ...outcome, certainty: "likely", rivals: rivalsOf(["authorization-server-error", "unknown-client"]) };
  },
});
