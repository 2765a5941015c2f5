import { clientMetadataUnreachable } from "@/lib/diagnosis/rules/client-metadata-unreachable.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const url = "https://app.example/client.json";
const unknown = { status: 400, json: { error: "invalid_client", error_description: "Client not found" } };
const refused = () => trace().authorizationRequest({ client_id: url }).page(unknown);
const metadata = (members: object) => ({
  json: {
    issuer: "https://auth.example",
    authorization_endpoint: "https://auth.example/authorize",
    token_endpoint: "https://auth.example/token",
    response_types_supported: ["code"],
    ...members,
  },
});
const wellKnown = "https://auth.example/.well-known/oauth-authorization-server";

describeRule(clientMetadataUnreachable, [
  {
    of: "a server that does not offer to read documents",
    trace: refused().metadata(wellKnown, metadata({})),
    is: "fail",
    certainty: "proven",
    says: "the server metadata does not offer to read such documents",
  },
  {
    of: "a document that is not there",
    trace: refused()
      .metadata(wellKnown, metadata({ client_id_metadata_document_supported: true }))
      .metadata(url, { status: 404, text: "Not Found" }, "ladder/client-metadata/document"),
    is: "fail",
    certainty: "proven",
    says: "behind it is no usable document",
  },
  {
    of: "a document that names another client_id",
    trace: refused()
      .metadata(wellKnown, metadata({ client_id_metadata_document_supported: true }))
      .metadata(
        url,
        {
          json: {
            client_id: "https://app.example/other.json",
            client_name: "App",
            redirect_uris: ["https://app.example/callback"],
          },
        },
        "ladder/client-metadata/document",
      ),
    is: "fail",
    certainty: "proven",
    says: "its document names another client_id",
  },
  {
    of: "a server that says that it reads documents and does not know this one",
    trace: refused().metadata(wellKnown, metadata({ client_id_metadata_document_supported: true })),
    is: "fail",
    certainty: "told",
    says: "although its metadata says that it reads such documents",
  },
  { of: "a client_id that is no URL", trace: trace().authorizationRequest().page(unknown), is: "notApplicable" },
  {
    of: "a document that the server took",
    trace: trace().authorizationRequest({ client_id: url }).loginPage(),
    is: "pass",
  },
]);
