import { tokenRequestBlocked } from "@/lib/diagnosis/rules/token-request-blocked.ts";
import { clientId, code, codeVerifier, redirectUri, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const responded = () => trace().authorizationRequest().respondsWith().page({ text: "Welcome" });
const form = {
  grant_type: "authorization_code",
  code,
  redirect_uri: redirectUri,
  client_id: clientId,
  code_verifier: codeVerifier,
};

describeRule(tokenRequestBlocked, [
  {
    of: "a request that the browser failed while the server answers",
    trace: responded().fetches("https://auth.example/token", { form, error: "net::ERR_FAILED" }),
    is: "fail",
    certainty: "likely",
    says: "sent POST to auth.example/token, and the browser failed it with net::ERR_FAILED, while auth.example answers other requests",
  },
  {
    of: "a request to a server that never answered",
    trace: responded().fetches("https://token.example/token", { form, error: "net::ERR_FAILED" }),
    is: "fail",
    certainty: "possible",
  },
  {
    of: "a connection that was refused",
    trace: responded().fetches("https://auth.example/token", { form, error: "net::ERR_CONNECTION_REFUSED" }),
    is: "pass",
  },
  { of: "no request of a page", trace: responded(), is: "notApplicable" },
]);
