import { checkJudged } from "../answers.ts";
import { leftOn } from "../general.ts";
import { rfc } from "../references.ts";
import { defineRule, type Evidence } from "../rule.ts";
import { list, meaningOf, shorten } from "../words.ts";

export const registrationRejected = defineRule({
  id: "registration-rejected",
  title: "The authorization server rejects the client's registration",
  severity: "error",
  needs: ["registration"],
  why: "The server checks the metadata that a client registers with: authentication method, grant types, scopes, application type, redirect URIs. A value it does not accept makes it refuse the whole registration.",
  fix: [
    { by: "client", do: "Register with values that the server metadata lists, and leave out what it does not need." },
    {
      by: "operator",
      do: "Allow the value that the description names, or pre-register the client and enter its client ID there.",
    },
  ],
  references: [rfc(7591, "3.2.2"), rfc(7591, "2")],
  check({ registration }) {
    return checkJudged(leftOn("registration", "registration-rejected"), { registration }, (answer) => {
      const meaning = answer.error && meaningOf(answer.error.error);
      return {
        summary: `${answer.who} ${answer.did}${meaning === undefined ? "" : `: ${meaning}`}.`,
        evidence: registration.status === "observed" ? [sentEvidence(registration.value)] : [],
      };
    });
  },
});

function sentEvidence({
  exchangeId,
  role,
  request,
}: {
  readonly exchangeId: string;
  readonly role: Evidence["role"] & string;
  readonly request: readonly { readonly name: string; readonly text: string }[];
}): Evidence {
  const says = list(request.map(({ name, text }) => `${name}=${text}`));
  return { exchangeId, role, part: "request", where: "metadata sent for registration", says: shorten(says, 400) };
}
