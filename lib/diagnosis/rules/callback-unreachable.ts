import { printLocation } from "@/lib/exchange/print.ts";
import { isLoopback, parseUri } from "@/lib/oauth/redirect-uri.ts";
import { sayNetworkError } from "../network-errors.ts";
import { rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const callbackUnreachable = defineRule({
  id: "callback-unreachable",
  title: "Nothing answers at the redirection endpoint",
  severity: "error",
  needs: ["delivery", "client"],
  why: "The authorization server did its part and sent the browser to the redirect URI, but no connection could be made there. A native client listens on this machine only while it waits; in a container, in WSL or on another computer its loopback address is not the browser's.",
  fix: [
    { by: "user", do: "Start again while the client is running and waiting; do not reload the page that failed." },
    {
      by: "client",
      do: "Listen before the browser is opened and until the response has come. In a container, in WSL or over SSH, use a fixed port and forward it to the machine with the browser.",
    },
    { by: "operator", do: "For a redirect URI on a host, check its DNS name, certificate and firewall." },
  ],
  references: [rfc(8252, "7.3"), rfc(6749, "3.1.2")],
  supersedes: ["callback-failed"],
  check({ delivery, client }) {
    if (delivery.status !== "observed") {
      return notApplicable(delivery.status === "missing" ? delivery.looked : delivery.why);
    }
    const { outcome, url } = delivery.value;
    if (outcome.kind !== "unreachable") return pass();
    const location = printLocation(url);
    const who = client.status === "observed" ? `${client.value.name} ` : "";
    return fail({
      certainty: "proven",
      summary: `The browser was sent to ${location} and could not get there: ${sayNetworkError(outcome.error)}. ${sayListener(location, who)}`,
      evidence: [
        {
          exchangeId: delivery.value.exchangeId,
          role: delivery.value.role,
          part: "delivery",
          where: "network error",
          says: outcome.error,
          isPrimary: true,
        },
      ],
    });
  },
});

function sayListener(location: string, client: string): string {
  if (!isLoopback(location)) return "The response, with its code, was not delivered.";
  const port = parseUri(location)?.port;
  return `No program on this machine ${client ? `(${client}was expected) ` : ""}took the response on port ${port ?? "80"}.`;
}
