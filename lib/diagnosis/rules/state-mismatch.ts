import { checkJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { cannotTell, defineRule, type Evidence, fail, notApplicable, pass } from "../rule.ts";

export const stateMismatch = defineRule({
  id: "state-mismatch",
  title: "The state of the authorization response is not the state of the request",
  severity: "error",
  needs: ["request", "response", "delivery"],
  why: "The client compares the state that comes back with the one it sent, to know that the response belongs to its own request. When it is changed or missing, the client must throw the response away, code included.",
  fix: [
    {
      by: "authorization server",
      do: "Return state exactly as it was received: not decoded, re-encoded, shortened or escaped.",
    },
    {
      by: "client",
      do: "Keep one state per attempt, so that a second tab or an older attempt cannot take its place, and send only URL-safe characters in it.",
    },
    { by: "user", do: "Start again in one tab, and do not use the back button or an old link." },
  ],
  references: [rfc(6749, "4.1.2"), rfc(6749, "10.12"), rfc(9700, "4.7")],
  supersedes: ["callback-failed", "transaction-lost"],
  check({ request, response, delivery }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    if (response.status !== "observed") return notApplicable("no authorization response was seen");
    const { state, mode } = response.value;
    const received: Evidence = {
      exchangeId: response.value.exchangeId,
      role: response.value.role,
      part: "response",
      where: `${mode} parameter state of the response`,
      says: "absent",
      isPrimary: true,
    };
    switch (state.verdict) {
      case "different":
        return fail({
          certainty: "proven",
          summary: `The request went out with ${state.sent} and the response came back with ${state.received}${state.explainedBy === undefined ? "" : `: ${state.explainedBy}`}.`,
          evidence: [
            {
              ...received,
              says: state.received,
              against: { where: "parameter state of the request", says: state.sent },
            },
          ],
        });
      case "absentInResponse":
        // The error ends the attempt whether or not state came back with it (RFC 6749 §4.1.2.1 demands that it does).
        if (response.value.error) return notApplicable("the response carries an error, which came back without state");
        return fail({
          certainty: "proven",
          summary: `The request went out with ${state.sent ?? "a state"} and the response came back without state.`,
          evidence: [
            { ...received, against: { where: "parameter state of the request", says: state.sent ?? "present" } },
          ],
        });
      case "cannotTell":
        return cannotTell(
          `state could not be compared: ${state.why}`,
          "The same attempt captured in one go, or the client's own log",
        );
      case "absentInRequest":
        return notApplicable("the request had no state to compare with");
      case "equal":
      case "bothAbsent": {
        // The browser saw the same state twice; the client may still have expected that of another attempt.
        const told = checkJudged("state-mismatch", { delivery }, (answer) => ({
          summary: `${answer.who} ${answer.did}, although state came back as it was sent: the client expected that of another attempt.`,
        }));
        return told.kind === "fail" ? told : pass();
      }
    }
  },
});
