import { loopbackPortNotFree } from "@/lib/diagnosis/rules/loopback-port-not-free.ts";
import { clientId, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const refusal = {
  status: 400,
  json: { error: "invalid_request", error_description: "redirect_uri is not registered for this client" },
};
const attempt = (registered: string, sent: string) =>
  trace()
    .registration(
      { redirect_uris: [registered] },
      { status: 201, json: { client_id: clientId, redirect_uris: [registered] } },
    )
    .authorizationRequest({ redirect_uri: sent })
    .page(refusal);

describeRule(loopbackPortNotFree, [
  {
    of: "another port of a loopback address",
    trace: attempt("http://127.0.0.1:33418/cb", "http://127.0.0.1:51004/cb"),
    is: "fail",
    certainty: "proven",
    says: "in nothing but the port.",
    shows: "http://127.0.0.1:51004/cb http://127.0.0.1:33418/cb",
  },
  {
    of: "another port of localhost, which is a name",
    trace: attempt("http://localhost/cb", "http://localhost:51004/cb"),
    is: "fail",
    certainty: "told",
    says: "RFC 8252 does not say that it must be free",
  },
  { of: "another path", trace: attempt("http://127.0.0.1:51004/", "http://127.0.0.1:51004/cb"), is: "pass" },
  { of: "the same port", trace: attempt("http://127.0.0.1:51004/cb", "http://127.0.0.1:51004/cb"), is: "pass" },
  { of: "no loopback address", trace: attempt("https://app.example/", "https://app.example/cb"), is: "notApplicable" },
]);
