import { stateMismatch } from "@/lib/diagnosis/rules/state-mismatch.ts";
import { state, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const until = () => trace().authorizationRequest().loginPage().visits("https://auth.example/login", "POST");

describeRule(stateMismatch, [
  {
    of: "another state",
    trace: until().respondsWith({ state: "Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0" }).page({ text: "Welcome" }),
    is: "fail",
    certainty: "proven",
    says: "The request went out with state 1 (32 characters, base64url) and the response came back with state 2",
    shows: "state 2",
  },
  {
    of: "a state cut at 255 characters",
    trace: trace()
      .authorizationRequest({ state: state.repeat(10) })
      .respondsWith({ state: state.repeat(10).slice(0, 255) })
      .page({ text: "Welcome" }),
    is: "fail",
    certainty: "proven",
    says: "it was cut after 255 characters",
  },
  {
    of: "a response without the state that was sent",
    trace: until().respondsWith({ state: undefined }).page({ text: "Welcome" }),
    is: "fail",
    certainty: "proven",
    says: "came back without state",
  },
  {
    of: "an error that came back without the state that was sent",
    trace: until().respondsWith({ code: undefined, state: undefined, error: "access_denied" }),
    is: "notApplicable",
    says: "carries an error",
  },
  { of: "the same state", trace: until().respondsWith().page({ text: "Welcome" }), is: "pass" },
  {
    of: "the same state, while the client expected another attempt's",
    trace: until().respondsWith().page({ status: 400, text: "Error: state mismatch" }),
    is: "fail",
    certainty: "told",
    says: "although state came back as it was sent",
  },
  {
    of: "no state on either side",
    trace: trace()
      .authorizationRequest({ state: undefined })
      .respondsWith({ state: undefined })
      .page({ text: "Welcome" }),
    is: "pass",
  },
  {
    of: "a pushed request, whose state cannot be seen",
    trace: trace()
      .authorizationRequest({
        state: undefined,
        request_uri: "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c",
      })
      .respondsWith()
      .page({ text: "Welcome" }),
    is: "cannotTell",
    says: "request_uri hides what the client sent",
  },
  { of: "no response", trace: trace().authorizationRequest().loginPage(), is: "notApplicable" },
]);
