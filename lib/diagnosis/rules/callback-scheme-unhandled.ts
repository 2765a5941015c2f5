import { rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const callbackSchemeUnhandled = defineRule({
  id: "callback-scheme-unhandled",
  title: "The response was handed to another program and nothing shows that it arrived",
  severity: "info",
  needs: ["response", "delivery", "client"],
  why: "The redirect URI has a private-use scheme, so the browser passes the response to the program that the system has registered for it. If none is, or the person declines the browser's question, it is lost without a trace in the browser.",
  fix: [
    {
      by: "user",
      do: "Allow the browser to open the program when it asks, and check that the client is installed and has been started once on this computer.",
    },
    {
      by: "client",
      do: "Register the scheme with the system when the client is installed, or use a loopback redirect URI.",
    },
  ],
  references: [rfc(8252, "7.1")],
  check({ response, delivery, client }) {
    if (response.status !== "observed" || delivery.status !== "observed")
      return notApplicable("no authorization response was seen");
    const { outcome, exchangeId, role } = delivery.value;
    if (outcome.kind !== "privateUseScheme") return pass();
    const who = client.status === "observed" ? client.value.name : "the program registered for it";
    return fail({
      certainty: "proven",
      summary: `The response, with ${response.value.hasCode ? "a code" : response.value.error ? "an error" : "neither code nor error"}, went to ${outcome.scheme}: for ${who} to take. Whether it did cannot be seen from the browser.`,
      evidence: [
        {
          exchangeId,
          role,
          part: "delivery",
          where: "scheme of the redirect URI",
          says: outcome.scheme,
          isPrimary: true,
        },
      ],
    });
  },
});
