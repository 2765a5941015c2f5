import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import { compareUris } from "@/lib/oauth/redirect-uri.ts";
import { checkJudged } from "../answers.ts";
import { mcpAuthorization, rfc } from "../references.ts";
import { parameterEvidence, sayParameter } from "../requested.ts";
import { defineRule, type Evidence } from "../rule.ts";
import { list, quote } from "../words.ts";

export const resourceInvalid = defineRule({
  id: "resource-invalid",
  title: "The authorization server does not accept the resource that the client names",
  severity: "error",
  needs: ["request", "answer", "response", "tokens", "metadata"],
  why: "resource names the protected resource that the token is for. The server compares it with those it knows, often as an exact string, so that a trailing slash, a path more or less, or http instead of https makes it another one.",
  fix: [
    {
      by: "client",
      do: "Send resource exactly as the protected resource metadata gives it, in the authorization request and in the token request.",
    },
    {
      by: "operator",
      do: "Make the resource of the protected resource metadata, the address of the server and what the authorization server accepts one and the same string.",
    },
  ],
  references: [
    rfc(8707, "2"),
    rfc(9728, "3.3"),
    mcpAuthorization("Resource Parameter Implementation", "resource-parameter-implementation"),
  ],
  supersedes: ["authorization-request-invalid"],
  check({ request, metadata, ...answers }) {
    const sent =
      request.status === "observed"
        ? request.value.parameters.find(({ name }) => name === "resource")?.text
        : undefined;
    const published = publishedResource({ metadata });
    const differs = sent !== undefined && published !== undefined && published.says !== sent;
    return checkJudged("resource-invalid", answers, (answer) => ({
      isProven: differs,
      summary: `${answer.who} ${answer.did}. The request names ${request.status === "observed" ? sayParameter(request.value, "resource") : "no resource"}${
        published && sent !== undefined
          ? differs
            ? `, the protected resource metadata ${quote(published.says)}: different ${list(compareUris(sent, published.says).map(({ part }) => part))}`
            : ", exactly as the protected resource metadata does"
          : ""
      }.`,
      evidence: [
        ...(request.status === "observed"
          ? [
              {
                ...parameterEvidence(request.value, "resource"),
                ...(differs && { against: { where: published.where, says: published.says } }),
              },
            ]
          : []),
        ...(published ? [published] : []),
        ...serverAddress({ metadata }),
      ],
    }));
  },
});

function publishedResource({ metadata }: Pick<FlowFacts, "metadata">): Evidence | undefined {
  const rung = metadata.status === "observed" ? metadata.value.resource : undefined;
  const resource = rung?.document?.resource;
  return rung && typeof resource === "string"
    ? {
        exchangeId: rung.exchangeId,
        role: rung.role,
        part: "metadata",
        where: "resource of the protected resource metadata",
        says: resource,
      }
    : undefined;
}

function serverAddress({ metadata }: Pick<FlowFacts, "metadata">): readonly Evidence[] {
  const challenge = metadata.status === "observed" ? metadata.value.challenge : undefined;
  return challenge
    ? [
        {
          exchangeId: challenge.exchangeId,
          role: "challenge",
          part: "request",
          where: "address of the server",
          says: challenge.urlText,
        },
      ]
    : [];
}
