import { printLocation } from "@/lib/exchange/print.ts";
import { isLoopback } from "@/lib/oauth/redirect-uri.ts";
import { rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const insecureLeg = defineRule({
  id: "insecure-leg",
  title: "A leg of the attempt went over plain http",
  severity: "warning",
  needs: ["legs"],
  why: "Over plain http everybody on the way can read and change what is sent: the request, the password on the login page, the code, the tokens. One such hop in a chain of redirects is enough.",
  fix: [
    {
      by: "operator",
      do: "Serve every endpoint on https only; behind a TLS proxy, make the server build its URLs with https (X-Forwarded-Proto).",
    },
  ],
  references: [rfc(6749, "3.1"), rfc(9700, "2.6")],
  check({ legs }) {
    // The redirect URI has a rule of its own; native clients receive on http at a loopback address.
    const judged = legs.filter(({ role }) => role !== "redirection-endpoint");
    if (judged.length === 0) return notApplicable("no leg of the authorization server was seen");
    const plain = judged.find(({ url }) => url.scheme === "http" && !isLoopback(`http://${url.host}/`));
    if (!plain) return pass();
    const location = printLocation(plain.url);
    return fail({
      certainty: "proven",
      summary: `The ${plain.role.replaceAll("-", " ")} went to ${location} without TLS.`,
      evidence: [
        {
          exchangeId: plain.exchangeId,
          role: plain.role,
          part: "request",
          where: "scheme of the URL",
          says: location,
          isPrimary: true,
        },
      ],
    });
  },
});
