import { failJudged, findJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { parameterEvidence, sayParameter } from "../requested.ts";
import { rivalsOf } from "../rivals.ts";
import { defineRule, notApplicable, pass } from "../rule.ts";

/** Forms of client_id that one authorization server alone hands out, with the hosts it speaks from. */
const issuedBy: readonly { readonly form: RegExp; readonly name: string; readonly hosts: RegExp }[] = [
  { form: /^[\w-]+\.apps\.googleusercontent\.com$/, name: "Google", hosts: /(^|\.)google\.com$/ },
  {
    form: /^(Ov23li[A-Za-z0-9]{14}|Iv1\.[0-9a-f]{16}|Iv23li[A-Za-z0-9]{14})$/,
    name: "GitHub",
    hosts: /(^|\.)(github\.com|ghe\.com)$/,
  },
];

export const upstreamClientIdUsed = defineRule({
  id: "upstream-client-id-used",
  title: "The client_id belongs to the authorization server behind this one",
  severity: "error",
  needs: ["request", "answer", "response", "legs"],
  why: "A server that passes the login on to another one has its own client_id there. That id names the server itself, not the clients in front of it, so the server does not know it as a client.",
  fix: [
    {
      by: "user",
      do: "Leave the client ID empty in the client if it can register by itself, or enter the one that this authorization server issued.",
    },
    {
      by: "operator",
      do: "Give clients an id of this server, and keep the upstream client_id in the server's own configuration.",
    },
  ],
  references: [rfc(6749, "2.2")],
  supersedes: ["unknown-client"],
  check({ request, legs, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const { clientId, url } = request.value;
    const refusal = findJudged(["unknown-client"], answers);
    if (clientId === undefined || !refusal) return notApplicable("the client was not refused as unknown");
    const id = sayParameter(request.value, "client_id");
    const own = parameterEvidence(request.value, "client_id");
    const upstream = legs.find(
      (leg) =>
        leg.role === "upstream" &&
        leg.url.parameters.some(
          ({ name, value }) => name === "client_id" && value.kind === "clear" && value.value === clientId,
        ),
    );
    if (upstream) {
      const { exchangeId, role } = upstream;
      const evidence = {
        exchangeId,
        role,
        part: "request",
        where: "client_id of the next request",
        says: clientId,
      } as const;
      return failJudged(refusal, {
        isProven: true,
        summary: `client_id ${id} is the one that ${url.host} itself sends to ${upstream.url.host}.`,
        evidence: [own, evidence],
      });
    }
    const host = url.host.replace(/:\d+$/, "").toLowerCase();
    const issuer = issuedBy.find(({ form, hosts }) => form.test(clientId) && !hosts.test(host));
    if (!issuer) return pass();
    const outcome = failJudged(refusal, {
      summary: `client_id ${id} has the form of those that ${issuer.name} issues, and it was sent to ${url.host}, which ${refusal.did}.`,
      evidence: [own],
    });
    return outcome.kind === "fail"
      ? { ...outcome, rivals: rivalsOf(["unknown-client", ...refusal.judgement.causes]) }
      : outcome;
  },
});
