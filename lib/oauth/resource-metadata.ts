import {
  type FieldValues,
  type MetadataProblem,
  missingFields,
  type ParsedMetadata,
  quote,
  readFields,
} from "./metadata-document.ts";

const resourceFields = {
  resource: "url",
  authorization_servers: "urls",
  jwks_uri: "url",
  scopes_supported: "strings",
  bearer_methods_supported: "strings",
  resource_name: "string",
  resource_documentation: "string",
  dpop_bound_access_tokens_required: "boolean",
  tls_client_certificate_bound_access_tokens: "boolean",
} as const;

/** Protected resource metadata (RFC 9728 §2), well-formed members only. */
export type ResourceMetadata = FieldValues<typeof resourceFields>;

const rfc9728 = "RFC 9728 §2";
const mcp = "MCP authorization 2025-06-18, Authorization Server Location";

/**
 * Reads protected resource metadata and lists every problem. `authorization_servers` is required here because MCP
 * requires it (2025-06-18 and later); RFC 9728 alone does not. Never throws.
 * @see RFC 9728 §2
 */
export function parseResourceMetadata(value: unknown): ParsedMetadata<ResourceMetadata> {
  const read = readFields(value, resourceFields, rfc9728);
  const { resource, authorization_servers } = read.value;
  const problems: MetadataProblem[] = [
    ...read.problems.filter((problem) => !(problem.field === "authorization_servers" && problem.kind === "empty")),
    ...missingFields(value, [
      { field: "resource", demandedBy: rfc9728 },
      { field: "authorization_servers", demandedBy: mcp },
    ]),
  ];
  if (resource?.includes("#")) {
    const says = `resource is ${quote(resource)}, which has a fragment`;
    problems.push({ field: "resource", kind: "hasFragment", level: "must", says, demandedBy: "RFC 9728 §1.2" });
  }
  if (authorization_servers?.length === 0) {
    const says = "authorization_servers is an empty list";
    problems.push({ field: "authorization_servers", kind: "empty", level: "must", says, demandedBy: mcp });
  }
  return { value: read.value, problems };
}
