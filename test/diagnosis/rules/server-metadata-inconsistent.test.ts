import { serverMetadataInconsistent } from "@/lib/diagnosis/rules/server-metadata-inconsistent.ts";
import { trace } from "../../builders.ts";
import { describeLadder, serverDocument, serverUrl } from "../../discovery/web.ts";
import { describeRule } from "./table.ts";

const one = { json: serverDocument };
const other = { json: { ...serverDocument, authorization_endpoint: "https://blue.example/authorize" } };
const reordered = { json: Object.fromEntries(Object.entries(serverDocument).reverse()) };

describeLadder(serverMetadataInconsistent, [
  { of: "the same answer three times", web: {}, repeats: 3, is: "pass" },
  { of: "the same members in another order", web: { [serverUrl]: [one, reordered] }, repeats: 2, is: "pass" },
  {
    of: "two configurations behind one URL",
    web: { [serverUrl]: [one, other, one] },
    repeats: 3,
    is: "fail",
    severity: "warning",
    says: "authorization_endpoint is",
    shows: ["https://blue.example/authorize"],
  },
  { of: "one answer", web: {}, is: "notApplicable" },
]);

describeRule(serverMetadataInconsistent, [
  {
    of: "a document that the client kept longer than the server",
    trace: trace()
      .metadata("https://auth.example/.well-known/oauth-authorization-server", {
        ...other,
        headers: { "cache-control": "public, max-age=3600" },
      })
      .authorizationRequest()
      .metadata(
        "https://auth.example/.well-known/oauth-authorization-server",
        one,
        "ladder/server-metadata/oauth-root",
      ),
    is: "fail",
    certainty: "proven",
    says: "may be kept for 3600 s",
  },
]);
