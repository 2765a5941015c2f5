import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import { checkJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { findSent, parameterEvidence } from "../requested.ts";
import { defineRule, fail } from "../rule.ts";
import { sayDuration, sayError } from "../words.ts";

export const pushedRequestInvalid = defineRule({
  id: "pushed-request-invalid",
  title: "The pushed authorization request was refused or is no longer valid",
  severity: "error",
  needs: ["request", "answer", "response", "legs"],
  why: "The client sends the parameters to the server first and gets a request_uri for them, which is valid once and for a short time, often a minute. Used late, twice or by another client, it is refused; so is an authorization request without one where the server requires it.",
  fix: [
    {
      by: "client",
      do: "Push a new request for each attempt and open the browser at once with its request_uri and the same client_id.",
    },
    { by: "user", do: "Start again from the client; an old link or the back button uses the same request_uri twice." },
    { by: "operator", do: "Check that all instances share the store of pushed requests." },
  ],
  references: [rfc(9126, "2.2"), rfc(9126, "2.3"), rfc(9126, "4")],
  supersedes: ["request-object-invalid", "authorization-request-invalid"],
  check({ request, legs, ...answers }) {
    const pushed = legs.findLast(({ role }) => role === "pushed-request");
    if (pushed && (pushed.status ?? 0) >= 400) {
      const says = pushed.error ? sayError(pushed.error) : `status ${pushed.status}`;
      return fail({
        certainty: pushed.error ? "likely" : "possible",
        summary: `The pushed authorization request to ${pushed.url.host} was answered ${pushed.status}: ${says}.`,
        evidence: [
          {
            exchangeId: pushed.exchangeId,
            role: pushed.role,
            part: "response",
            where: "answer to the pushed request",
            says,
            isPrimary: true,
          },
        ],
      });
    }
    // A request_uri that came from a pushed request is no reference to a request object, although the error code is the same.
    const isPushed = pushed !== undefined || isPushedUri(request);
    const causes = isPushed
      ? (["pushed-request-invalid", "request-object-invalid"] as const)
      : "pushed-request-invalid";
    return checkJudged(causes, answers, (answer) => ({
      summary: `${answer.who} ${answer.did}${pushed && request.status === "observed" ? `, ${sayDuration(request.value.at - pushed.at)} after the request was pushed` : ""}.`,
      evidence: request.status === "observed" ? [parameterEvidence(request.value, "request_uri")] : [],
    }));
  },
});

/** A URN cannot be fetched: it is a name that the server itself gave (RFC 9126 §2.2). */
const isPushedUri = (request: FlowFacts["request"]): boolean =>
  request.status === "observed" && (findSent(request.value, "request_uri")?.text.startsWith("urn:") ?? false);
