import type { AuthorizationRequestFacts } from "@/lib/facts/flow-facts.ts";
import { rfc } from "../references.ts";
import { findSent } from "../requested.ts";
import { cannotTell, defineRule, type Evidence, fail, notApplicable, pass } from "../rule.ts";
import { quote, sayDuration } from "../words.ts";

const endings = {
  "tab-closed": "the tab was closed",
  left: "the tab went elsewhere",
} as const;

export const callbackMissing = defineRule({
  id: "callback-missing",
  title: "The attempt stopped on the authorization server and did not come back",
  severity: "info",
  needs: ["request", "answer", "response", "timeline"],
  why: "The client learns about the end of an attempt only when the browser comes back to its redirect URI. When a person closes the tab or goes elsewhere on the login or consent page, it waits until it gives up.",
  fix: [
    { by: "user", do: "Start again from the client and follow the login and consent pages to their end." },
    { by: "client", do: "Give up waiting after some minutes, say so, and offer to start again." },
  ],
  references: [rfc(6749, "4.1"), rfc(8252, "8.4")],
  check({ request, answer, response, timeline }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    if (response.status === "observed") return pass();
    if (timeline.status !== "observed" || !timeline.value.ended) return notApplicable("the attempt has not ended");
    const shown = answer.status === "observed" ? answer.value : undefined;
    if (shown && shown.judgement.causes.length > 0)
      return notApplicable("the attempt ended on an answer that explains it");
    if (isMessage(request.value))
      return cannotTell(
        "the response: it goes from window to window as a message, and no request carries it",
        "The client itself: whether it says that it is connected",
      );
    const { ended, gaps, startedAt } = timeline.value;
    const end: Evidence = {
      exchangeId: shown?.exchangeId ?? request.value.exchangeId,
      role: shown?.role ?? request.value.role,
      part: "timeline",
      where: "end of the attempt",
      says: endings[ended.how],
      isPrimary: true,
    };
    const page = shown?.title ? ` The last page was ${quote(shown.title, 80)}.` : "";
    return fail({
      // What happened in a gap, a response included, was not seen.
      certainty: gaps.length > 0 ? "possible" : "proven",
      summary: `After ${sayDuration(ended.at - startedAt)} on ${shown?.url.host ?? request.value.url.host}, ${endings[ended.how]} before any response came back.${page}`,
      evidence: [end],
    });
  },
});

/** OAuth 2.0 Web Message Response Mode, and what Google's library asks for in its place. */
const isMessage = (request: AuthorizationRequestFacts) =>
  findSent(request, "response_mode")?.text.startsWith("web_message") === true ||
  /^(?:postmessage$|storagerelay:)/.test(request.redirectUri?.text ?? findSent(request, "redirect_uri")?.text ?? "");
