import { rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";
import { fieldEvidence, findField, isEqual, isRefused, redemptions } from "../tokens.ts";
import { sayDuration } from "../words.ts";

export const authorizationCodeReused = defineRule({
  id: "authorization-code-reused",
  title: "One authorization code was sent to the token endpoint twice",
  severity: "error",
  needs: ["tokens"],
  why: "A code is valid once. The server must refuse the second request and should revoke what the first one gave, so that even a client which got its tokens loses them again.",
  fix: [
    {
      by: "client",
      do: "Redeem each code once: guard against an effect that runs twice, a retry after a timeout, a reload of the callback page and a second tab.",
    },
  ],
  references: [rfc(6749, "4.1.2"), rfc(6749, "10.5")],
  supersedes: ["authorization-code-invalid"],
  check({ tokens }) {
    const requests = redemptions(tokens);
    if (requests.length === 0) return notApplicable("no token request was seen");
    for (const [index, second] of requests.entries()) {
      const code = findField(second, "code");
      const first = requests.slice(0, index).find((earlier) => {
        const other = findField(earlier, "code");
        return code && other && isEqual(other, code);
      });
      if (!first || !code) continue;
      return fail({
        certainty: "proven",
        ...(!isRefused(second) && { severity: "warning" as const }),
        summary: `${code.text} was sent to the token endpoint twice, ${sayDuration(second.at - first.at)} apart; the answers were ${first.status ?? "none"} and ${second.status ?? "none"}.`,
        evidence: [
          {
            ...fieldEvidence(second, "code"),
            isPrimary: true,
            against: { where: "code of the token request before", says: code.text },
          },
          fieldEvidence(first, "code"),
        ],
      });
    }
    return pass();
  },
});
