import { rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

const tokens: ReadonlySet<string> = new Set(["access_token", "refresh_token"]);

export const tokenInUrl = defineRule({
  id: "token-in-url",
  title: "A token stands in the query of a URL",
  severity: "warning",
  needs: ["legs"],
  why: "What stands in the query of a URL ends in server logs, in the browser's history and in the Referer of later requests. Whoever reads one of them can use the token.",
  fix: [
    { by: "client", do: "Send access tokens in the Authorization header, and receive them from the token endpoint." },
    { by: "authorization server", do: "Never put a token into the query of a redirect." },
  ],
  references: [rfc(9700, "4.3.2"), rfc(6750, "2.3"), rfc(6750, "5.3")],
  check({ legs }) {
    if (legs.length === 0) return notApplicable("no leg was seen");
    for (const { url, redirect, exchangeId, role } of legs) {
      for (const target of [url, ...(redirect ? [redirect] : [])]) {
        const found = target.parameters.find(({ name, place }) => place === "query" && tokens.has(name));
        if (!found) continue;
        return fail({
          certainty: "proven",
          summary: `${found.name} stands in the query of a URL of ${target.host || target.scheme}.`,
          evidence: [
            {
              exchangeId,
              role,
              part: target === url ? "request" : "response",
              where: `query of ${target.host}${target.path}`,
              says: `${found.name} (replaced)`,
              isPrimary: true,
            },
          ],
        });
      }
    }
    return pass();
  },
});
