import { checkJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { defineRule } from "../rule.ts";
import { quote } from "../words.ts";

export const registrationNotOpen = defineRule({
  id: "registration-not-open",
  title: "The authorization server does not let this client register",
  severity: "error",
  needs: ["registration"],
  why: "Dynamic registration may be switched off, may ask for an initial access token, or may be open to a list of well-known clients or hosts only. The metadata advertises the endpoint all the same, so the client tries.",
  fix: [
    {
      by: "operator",
      do: "Open dynamic registration to this client: allow anonymous registration, its host or its redirect URIs; or stop advertising registration_endpoint.",
    },
    { by: "user", do: "Ask for a client ID (and secret) for this client, and enter them in its settings." },
  ],
  references: [rfc(7591, "3"), rfc(7591, "3.2.2")],
  supersedes: ["registration-rejected"],
  check({ registration }) {
    const name =
      registration.status === "observed"
        ? registration.value.request.find((field) => field.name === "client_name")?.text
        : undefined;
    return checkJudged("registration-not-open", { registration }, (answer) => ({
      summary: `${answer.who} ${answer.did}${name === undefined ? "" : `; the client had introduced itself as ${quote(name, 60)}`}.`,
    }));
  },
});
