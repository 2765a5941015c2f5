import { tokenRedirectUriMismatch } from "@/lib/diagnosis/rules/token-redirect-uri-mismatch.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const invalid = { status: 400, json: { error: "invalid_grant" } };
const responded = () => trace().authorizationRequest().respondsWith().page({ text: "Welcome" });

describeRule(tokenRedirectUriMismatch, [
  {
    of: "a slash more than in the authorization request",
    trace: responded().tokenRequest({ redirect_uri: "https://app.example/callback/" }, invalid),
    is: "fail",
    certainty: "proven",
    says: "(different trailing slash)",
    shows: "https://app.example/callback/ https://app.example/callback",
  },
  {
    of: "no redirect_uri",
    trace: responded().tokenRequest({ redirect_uri: undefined }, invalid),
    is: "fail",
    certainty: "proven",
    says: "The token request has no redirect_uri",
  },
  {
    of: "the same redirect_uri and a token",
    trace: responded().tokenRequest(
      {},
      { json: { access_token: "2YotnFZFEjr1zCsicMWpAA-7hJq2mP9t", token_type: "Bearer" } },
    ),
    is: "pass",
  },
  { of: "no token request", trace: trace().authorizationRequest().loginPage(), is: "notApplicable" },
]);
