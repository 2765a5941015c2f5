import { refreshTokenInvalid } from "@/lib/diagnosis/rules/refresh-token-invalid.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const responded = () => trace().authorizationRequest().respondsWith().page({ text: "Welcome" });
const refresh = {
  grant_type: "refresh_token",
  code: undefined,
  code_verifier: undefined,
  redirect_uri: undefined,
  refresh_token: "tGzv3JOkF0XG5Qx2TlKWIA-7hJq2mP9t",
};

describeRule(refreshTokenInvalid, [
  {
    of: "a refresh token that was rotated",
    trace: responded().tokenRequest(refresh, {
      status: 400,
      json: { error: "invalid_grant", error_description: "Refresh token has been revoked" },
    }),
    is: "fail",
    certainty: "told",
    says: "Refresh token has been revoked",
  },
  {
    of: "a new token",
    trace: responded().tokenRequest(refresh, {
      json: { access_token: "2YotnFZFEjr1zCsicMWpAA-7hJq2mP9t", token_type: "Bearer" },
    }),
    is: "pass",
  },
  { of: "no token request", trace: responded(), is: "notApplicable" },
]);
