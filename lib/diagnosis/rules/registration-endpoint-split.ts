import { parseServerMetadata } from "@/lib/oauth/server-metadata.ts";
import { judgedAnswers } from "../answers.ts";
import { primaryFirst, rungEvidence, withMetadata } from "../metadata.ts";
import { rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const registrationEndpointSplit = defineRule({
  id: "registration-endpoint-split",
  title: "Clients register on another host than the one that does not know them",
  severity: "warning",
  needs: ["metadata", "answer"],
  why: "A client_id exists where it was registered. When registration and authorization run on different hosts that do not share their store, such as two colours of a rollout or a gateway beside the real server, a fresh client is unknown at once.",
  fix: [
    {
      by: "operator",
      do: "Let registration_endpoint and authorization_endpoint reach the same store of clients; with a gateway in between, route both through it or neither.",
    },
  ],
  references: [rfc(7591, "3"), rfc(8414, "2")],
  check: ({ metadata: fact, answer }) =>
    withMetadata({ metadata: fact }, ({ server }) => {
      if (server === undefined) return notApplicable("No server metadata was found");
      const { authorization_endpoint, registration_endpoint } = parseServerMetadata(server.document).value;
      if (authorization_endpoint === undefined || registration_endpoint === undefined) {
        return notApplicable("The metadata does not name both endpoints");
      }
      if (new URL(authorization_endpoint).origin === new URL(registration_endpoint).origin) return pass();
      const unknown = judgedAnswers({ answer }).find(({ judgement }) => judgement.causes[0] === "unknown-client");
      // Two hosts in front of one store are an ordinary arrangement; only a client that got lost between them is a sign.
      if (unknown === undefined) return pass();
      return fail({
        summary: `Clients register at ${registration_endpoint}, and ${unknown.who}, where they authorize, does not know this one`,
        certainty: "possible",
        evidence: primaryFirst(
          {
            ...rungEvidence(server, "registration_endpoint", registration_endpoint),
            against: { where: "authorization_endpoint", says: authorization_endpoint },
          },
          [unknown.evidence],
        ),
        rivals: [
          {
            id: "client-registration-lost",
            separatedBy:
              "A fresh registration followed at once by an authorization request: unknown again means that the two do not share a store",
          },
        ],
      });
    }),
});
