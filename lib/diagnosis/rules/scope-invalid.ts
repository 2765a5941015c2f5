import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import { parseResourceMetadata } from "@/lib/oauth/resource-metadata.ts";
import { parseScope, scopesNamedIn, scopesOutside } from "@/lib/oauth/scope.ts";
import { advertised, metadataEvidence } from "../advertised.ts";
import { checkJudged, type JudgedAnswer } from "../answers.ts";
import { rfc } from "../references.ts";
import { findSent, parameterEvidence } from "../requested.ts";
import { defineRule } from "../rule.ts";
import { list } from "../words.ts";

export const scopeInvalid = defineRule({
  id: "scope-invalid",
  title: "A requested scope is unknown to the authorization server or not allowed for this client",
  severity: "error",
  needs: ["request", "answer", "response", "tokens", "metadata"],
  why: "A server grants only scopes that it knows and that this client may ask for; it refuses the whole request for a single other one. A scope that the server's own metadata advertises may still be missing from this client's registration.",
  fix: [
    {
      by: "client",
      do: "Ask only for scopes that the challenge or the protected resource metadata lists, and for offline_access only where the server advertises it.",
    },
    { by: "operator", do: "Allow the named scope for this client, or stop advertising it where it is not accepted." },
  ],
  references: [rfc(6749, "3.3"), rfc(6749, "4.1.2.1"), rfc(9728, "2")],
  check({ request, metadata, ...answers }) {
    const sent = request.status === "observed" ? findSent(request.value, "scope")?.text : undefined;
    const requested = parseScope(sent ?? "");
    const lists = scopeLists({ metadata });
    return checkJudged("scope-invalid", answers, (answer) => {
      const { response } = answers;
      const sentBack =
        response.status === "observed" ? response.value.parameters.find(({ name }) => name === "scope") : undefined;
      const named = scopesNamedIn(`${saidBy(answer)} ${sentBack?.text ?? ""}`, requested);
      const outside = lists.server && scopesOutside(named.length > 0 ? named : requested, lists.server);
      const culprits = named.length > 0 ? named : (outside ?? []);
      const advertisedBy = [lists.server ? "server" : "", lists.resource ? "protected resource" : ""].filter(
        (where) =>
          where !== "" && culprits.some((scope) => lists[where === "server" ? "server" : "resource"]?.includes(scope)),
      );
      return {
        // The server refuses what its own list has, or the client asks for what it has not: two strings contradict.
        isProven: answer.error?.error === "invalid_scope" && culprits.length > 0 && lists.server !== undefined,
        summary: `${answer.who} ${answer.did}.${sayScopes(culprits, requested, lists.server, advertisedBy)}`,
        evidence: [
          ...(request.status === "observed" ? [parameterEvidence(request.value, "scope")] : []),
          ...(lists.server ? [metadataEvidence({ metadata }, "scopes_supported", list(lists.server))] : []),
        ],
      };
    });
  },
});

const saidBy = (answer: JudgedAnswer): string => `${answer.error?.error_description ?? ""} ${answer.evidence.says}`;

function scopeLists(facts: Pick<FlowFacts, "metadata">): {
  readonly server?: readonly string[];
  readonly resource?: readonly string[];
} {
  const server = advertised(facts)?.scopes_supported;
  const rung = facts.metadata.status === "observed" ? facts.metadata.value.resource : undefined;
  const resource = rung?.document && parseResourceMetadata(rung.document).value.scopes_supported;
  return { ...(server && { server }), ...(resource && { resource }) };
}

function sayScopes(
  culprits: readonly string[],
  requested: readonly string[],
  server: readonly string[] | undefined,
  advertisedBy: readonly string[],
): string {
  if (requested.length === 0) return " The request has no scope.";
  if (culprits.length === 0) return ` The request asked for ${list(requested)}.`;
  const one = culprits.length === 1;
  const which = ` ${one ? "Scope" : "Scopes"} ${list(culprits)}`;
  if (advertisedBy.length > 0)
    return `${which} ${one ? "is" : "are"} advertised by the ${list(advertisedBy)} metadata all the same.`;
  return server
    ? `${which} ${one ? "is" : "are"} not among the scopes_supported of the server.`
    : `${which} ${one ? "was" : "were"} refused.`;
}
