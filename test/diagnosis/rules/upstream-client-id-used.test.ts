import { upstreamClientIdUsed } from "@/lib/diagnosis/rules/upstream-client-id-used.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const unknown = { status: 400, text: "Client not found." };
const google = "123456789012-abcdefghijklmnop.apps.googleusercontent.com";

describeRule(upstreamClientIdUsed, [
  {
    of: "an id that Google issues, sent to another server",
    trace: trace().authorizationRequest({ client_id: google }).page(unknown),
    is: "fail",
    certainty: "told",
    says: "has the form of those that Google issues",
  },
  {
    of: "an id that Google issues, sent to Google",
    trace: trace()
      .authorizationRequest({ client_id: google }, { endpoint: "https://accounts.google.com/o/oauth2/v2/auth" })
      .page(unknown),
    is: "pass",
  },
  { of: "an id of no known form", trace: trace().authorizationRequest().page(unknown), is: "pass" },
  { of: "a client that is accepted", trace: trace().authorizationRequest().loginPage(), is: "notApplicable" },
]);
