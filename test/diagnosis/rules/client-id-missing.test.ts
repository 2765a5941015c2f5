import { clientIdMissing } from "@/lib/diagnosis/rules/client-id-missing.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const refusal = {
  status: 400,
  json: { error: "invalid_request", error_description: "Missing required parameter: client_id" },
};

describeRule(clientIdMissing, [
  {
    of: "a request without client_id that was refused",
    trace: trace().authorizationRequest({ client_id: undefined }).page(refusal),
    is: "fail",
    certainty: "proven",
    says: "has no client_id, and auth.example answered 400",
  },
  {
    of: "an empty client_id, refused in words about an unknown client",
    trace: trace().authorizationRequest({ client_id: "" }).page({ status: 400, text: "Client not found." }),
    is: "fail",
    certainty: "proven",
    says: "has an empty client_id",
  },
  {
    of: "a request with client_id, refused for another reason",
    trace: trace()
      .authorizationRequest()
      .page({ status: 400, json: { error: "invalid_scope" } }),
    is: "pass",
  },
  {
    of: "a request without client_id that a server which is down could not judge",
    trace: trace().authorizationRequest({ client_id: undefined }).page({ status: 503, text: "Service Unavailable" }),
    is: "pass",
  },
  {
    of: "a pushed request, which hides its parameters, is no proof",
    trace: trace()
      .authorizationRequest({
        client_id: undefined,
        request_uri: "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c",
      })
      .page({ status: 500, text: "Internal Server Error" }),
    is: "pass",
  },
  {
    of: "nothing but a response",
    trace: trace().visits("https://app.example/callback?code=abcdefghijklmnopqrstuvwxyz&state=xyzxyzxyzxyz"),
    is: "notApplicable",
  },
]);
