import { resourceInvalid } from "@/lib/diagnosis/rules/resource-invalid.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const refused = (resource: string) =>
  trace()
    .authorizationRequest({ resource })
    .respondsWith({
      code: undefined,
      error: "invalid_target",
      error_description: "Resource does not match this server",
    })
    .page({ text: "Sorry" });
const published = (resource: string) =>
  ({ json: { resource, authorization_servers: ["https://auth.example"] } }) as const;
const wellKnown = "https://mcp.example/.well-known/oauth-protected-resource/mcp";

describeRule(resourceInvalid, [
  {
    of: "a slash more than the metadata has",
    trace: refused("https://mcp.example/mcp/").metadata(wellKnown, published("https://mcp.example/mcp")),
    is: "fail",
    certainty: "proven",
    says: "different trailing slash",
  },
  {
    of: "the very resource of the metadata",
    trace: refused("https://mcp.example/mcp").metadata(wellKnown, published("https://mcp.example/mcp")),
    is: "fail",
    certainty: "told",
    says: "exactly as the protected resource metadata does",
  },
  { of: "a code", trace: trace().authorizationRequest().respondsWith().page({ text: "Welcome" }), is: "pass" },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
