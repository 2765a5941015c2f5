import { pkceVerifierMismatch } from "@/lib/diagnosis/rules/pkce-verifier-mismatch.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const invalid = { status: 400, json: { error: "invalid_grant" } };
const responded = () => trace().authorizationRequest().respondsWith().page({ text: "Welcome" });

describeRule(pkceVerifierMismatch, [
  {
    of: "a verifier of another attempt",
    trace: responded().tokenRequest({ code_verifier: "Zz9jftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX" }, invalid),
    is: "fail",
    certainty: "proven",
    says: "which does not belong to the code_challenge of the authorization request",
    shows: "code_challenge 1",
  },
  {
    of: "no verifier at all",
    trace: responded().tokenRequest({ code_verifier: undefined }, invalid),
    is: "fail",
    certainty: "proven",
    says: "The token request has no code_verifier",
  },
  {
    of: "only the server's words, while the verifier fits",
    trace: responded().tokenRequest(
      {},
      { status: 400, json: { error: "invalid_grant", error_description: "PKCE verification failed" } },
    ),
    is: "fail",
    certainty: "told",
  },
  {
    of: "a token",
    trace: responded().tokenRequest(
      {},
      { json: { access_token: "2YotnFZFEjr1zCsicMWpAA-7hJq2mP9t", token_type: "Bearer" } },
    ),
    is: "pass",
  },
  { of: "no token request", trace: trace().authorizationRequest().loginPage(), is: "notApplicable" },
]);
