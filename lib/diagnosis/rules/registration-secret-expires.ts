import type { RegistrationFacts } from "@/lib/facts/flow-facts.ts";
import { readSecretLifetime } from "@/lib/oauth/registration.ts";
import { rfc } from "../references.ts";
import { defineRule, type Evidence, fail, notApplicable, pass } from "../rule.ts";
import { sayDuration } from "../words.ts";

export const registrationSecretExpires = defineRule({
  id: "registration-secret-expires",
  title: "The client secret from registration expires",
  severity: "warning",
  needs: ["registration"],
  why: "A registration answer says when its secret stops working. Few clients register again in time, so the connection breaks on that day with invalid_client although nothing was changed.",
  fix: [
    {
      by: "authorization server",
      do: "Let secrets of dynamically registered clients not expire (client_secret_expires_at 0), or register public clients without a secret; with the MCP TypeScript SDK set clientSecretExpirySeconds to 0.",
    },
    {
      by: "client",
      do: "Register again before the time in client_secret_expires_at, and after invalid_client from the token endpoint.",
    },
  ],
  references: [rfc(7591, "3.2.1")],
  check: ({ registration }) => {
    if (registration.status !== "observed") return notApplicable("No registration was seen");
    const { at, response } = registration.value;
    if (!response.some(({ name }) => name === "client_secret")) return notApplicable("The registration gave no secret");
    const said = response.find(({ name }) => name === "client_secret_expires_at")?.text;
    const lifetime = readSecretLifetime(said, at);
    switch (lifetime.kind) {
      case "never":
        return pass();
      case "unreadable":
        return said === undefined
          ? fail({
              summary: "The registration answer has a client_secret and does not say when it expires",
              certainty: "proven",
              evidence: [evidenceOf(registration.value, "absent")],
            })
          : notApplicable("client_secret_expires_at cannot be read here");
      case "expired":
      case "expires": {
        const length =
          lifetime.kind === "expired"
            ? "was over when the answer came"
            : `ends ${sayDuration(lifetime.afterSeconds * 1000)} after it`;
        return fail({
          summary: `The client secret of this registration ${length} (client_secret_expires_at ${lifetime.at})`,
          certainty: "proven",
          evidence: [evidenceOf(registration.value, String(lifetime.at))],
        });
      }
    }
  },
});

const evidenceOf = ({ exchangeId, role }: RegistrationFacts, says: string): Evidence => ({
  exchangeId,
  role,
  part: "response",
  where: "client_secret_expires_at",
  says,
  isPrimary: true,
});
