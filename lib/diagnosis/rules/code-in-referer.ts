import { printLocation } from "@/lib/exchange/print.ts";
import { rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const codeInReferer = defineRule({
  id: "code-in-referer",
  title: "The authorization code went to another site in a Referer header",
  severity: "warning",
  needs: ["legs"],
  why: "A page whose URL holds the code sends that URL along with the requests it makes, unless its referrer policy says otherwise. Another site then has the code before, or as well as, the client.",
  fix: [
    {
      by: "client",
      do: "Answer the redirection endpoint with a redirect to a clean URL, load nothing from other sites on it, and set Referrer-Policy: no-referrer.",
    },
  ],
  references: [rfc(9700, "4.2"), rfc(6749, "10.5")],
  check({ legs }) {
    const referred = legs.filter(({ referer }) => referer !== undefined);
    if (referred.length === 0) return notApplicable("no Referer header was seen");
    for (const { referer, url, exchangeId, role } of referred) {
      if (!referer || referer.host.toLowerCase() === url.host.toLowerCase()) continue;
      const leaked = referer.parameters.find(({ name }) => name === "code" || name === "access_token");
      if (!leaked) continue;
      return fail({
        certainty: "proven",
        summary: `The request to ${url.host} carried ${leaked.name} in its Referer, from ${printLocation(referer)}.`,
        evidence: [
          {
            exchangeId,
            role,
            part: "request",
            where: "Referer header",
            says: `${printLocation(referer)} with ${leaked.name}`,
            isPrimary: true,
          },
        ],
      });
    }
    return pass();
  },
});
