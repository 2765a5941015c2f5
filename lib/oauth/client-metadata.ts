import {
  type FieldValues,
  type MetadataProblem,
  memberOf,
  missingFields,
  type ParsedMetadata,
  parseUrl,
  quote,
  readFields,
} from "./metadata-document.ts";

const clientFields = {
  client_id: "string",
  client_name: "string",
  client_uri: "string",
  logo_uri: "string",
  redirect_uris: "strings",
  grant_types: "strings",
  response_types: "strings",
  scope: "string",
  token_endpoint_auth_method: "string",
  application_type: "string",
  jwks_uri: "url",
} as const;

/** A client ID metadata document (RFC 7591 §2 members at a URL that is the `client_id`), well-formed members only. */
export type ClientMetadata = FieldValues<typeof clientFields>;

const draft = "draft-ietf-oauth-client-id-metadata-document §4";
const mcp = "MCP authorization 2025-11-25, Client ID Metadata Documents";

/**
 * Whether a `client_id` is the URL of a client ID metadata document: https (http on a loopback host, for development),
 * with a path, no fragment, no user information.
 * @see draft-ietf-oauth-client-id-metadata-document §3
 */
export function isMetadataDocumentId(clientId: string): boolean {
  const url = parseUrl(clientId);
  if (url === undefined || clientId.includes("#") || url.username !== "" || url.password !== "") return false;
  const isLoopback = url.hostname === "localhost" || url.hostname === "[::1]" || url.hostname.startsWith("127.");
  return (url.protocol === "https:" || (url.protocol === "http:" && isLoopback)) && url.pathname !== "/";
}

/**
 * Reads a client ID metadata document that was fetched from `clientId` and lists every problem: members missing, a
 * `client_id` other than its own URL (compared as an exact string), and secrets, which a public document must not hold.
 * Never throws.
 * @see draft-ietf-oauth-client-id-metadata-document §4.1
 */
export function parseClientMetadata(value: unknown, clientId: string): ParsedMetadata<ClientMetadata> {
  const read = readFields(value, clientFields, "RFC 7591 §2");
  const problems: MetadataProblem[] = [
    ...read.problems,
    ...missingFields(value, [
      { field: "client_id", demandedBy: draft },
      { field: "client_name", demandedBy: mcp },
      { field: "redirect_uris", demandedBy: mcp },
    ]),
  ];
  const { client_id, token_endpoint_auth_method } = read.value;
  if (client_id !== undefined && client_id !== clientId) {
    const says = `client_id is ${quote(client_id)}, but the document was fetched from ${quote(clientId)}`;
    problems.push({ field: "client_id", kind: "different", level: "must", says, demandedBy: draft });
  }
  if (token_endpoint_auth_method?.startsWith("client_secret_")) {
    const says = `token_endpoint_auth_method is ${quote(token_endpoint_auth_method)}, which needs a shared secret`;
    problems.push({ field: "token_endpoint_auth_method", kind: "forbidden", level: "must", says, demandedBy: draft });
  }
  if (typeof value === "object" && value !== null) {
    for (const field of ["client_secret", "client_secret_expires_at"]) {
      if (memberOf(value, field) === undefined) continue;
      const says = `${field} stands in a public document`;
      problems.push({ field, kind: "forbidden", level: "must", says, demandedBy: draft });
    }
  }
  return { value: read.value, problems };
}
