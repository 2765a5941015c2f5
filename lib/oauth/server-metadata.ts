import {
  type FieldValues,
  type MetadataProblem,
  missingFields,
  type ParsedMetadata,
  parseUrl,
  quote,
  readFields,
} from "./metadata-document.ts";

const serverFields = {
  issuer: "url",
  authorization_endpoint: "url",
  token_endpoint: "url",
  registration_endpoint: "url",
  jwks_uri: "url",
  userinfo_endpoint: "url",
  revocation_endpoint: "url",
  introspection_endpoint: "url",
  end_session_endpoint: "url",
  device_authorization_endpoint: "url",
  pushed_authorization_request_endpoint: "url",
  scopes_supported: "strings",
  response_types_supported: "strings",
  response_modes_supported: "strings",
  grant_types_supported: "strings",
  prompt_values_supported: "strings",
  code_challenge_methods_supported: "strings",
  token_endpoint_auth_methods_supported: "strings",
  token_endpoint_auth_signing_alg_values_supported: "strings",
  subject_types_supported: "strings",
  id_token_signing_alg_values_supported: "strings",
  dpop_signing_alg_values_supported: "strings",
  authorization_response_iss_parameter_supported: "boolean",
  client_id_metadata_document_supported: "boolean",
  require_pushed_authorization_requests: "boolean",
  require_signed_request_object: "boolean",
  request_parameter_supported: "boolean",
  request_uri_parameter_supported: "boolean",
  tls_client_certificate_bound_access_tokens: "boolean",
} as const;

/** Authorization server metadata (RFC 8414 §2; OpenID Connect Discovery 1.0 §3), well-formed members only. */
export type ServerMetadata = FieldValues<typeof serverFields>;

/** Members that hold the URL of something a client sends requests to. */
export const endpointFields = [
  "authorization_endpoint",
  "token_endpoint",
  "registration_endpoint",
  "jwks_uri",
  "userinfo_endpoint",
  "revocation_endpoint",
  "introspection_endpoint",
  "pushed_authorization_request_endpoint",
] as const satisfies readonly (keyof ServerMetadata)[];

const rfc8414 = "RFC 8414 §2";
const openid = "OpenID Connect Discovery 1.0 §3";
const required = [
  { field: "issuer", demandedBy: rfc8414 },
  { field: "authorization_endpoint", demandedBy: rfc8414 },
  { field: "token_endpoint", demandedBy: rfc8414 },
  { field: "response_types_supported", demandedBy: rfc8414 },
];
const requiredByOpenid = [
  { field: "jwks_uri", demandedBy: openid },
  { field: "subject_types_supported", demandedBy: openid },
  { field: "id_token_signing_alg_values_supported", demandedBy: openid },
];

function issuerProblems(issuer: string): MetadataProblem[] {
  const url = parseUrl(issuer);
  if (url === undefined) return [];
  const problem = (kind: "hasFragment" | "hasQuery", what: string): MetadataProblem => ({
    field: "issuer",
    kind,
    level: "must",
    says: `issuer is ${quote(issuer)}, which has a ${what}`,
    demandedBy: rfc8414,
  });
  return [
    ...(issuer.includes("#") ? [problem("hasFragment", "fragment")] : []),
    ...(url.search !== "" ? [problem("hasQuery", "query")] : []),
  ];
}

/**
 * Reads authorization server metadata and lists every problem. A document found under `openid-configuration` is held to
 * OpenID Connect Discovery as well, since strict clients do so. Whether PKCE is advertised and whether the issuer is the
 * expected one are questions of their own and not problems here. Never throws.
 * @see RFC 8414 §2, OpenID Connect Discovery 1.0 §3
 */
export function parseServerMetadata(
  value: unknown,
  kind: "oauth" | "openid" = "oauth",
): ParsedMetadata<ServerMetadata> {
  const read = readFields(value, serverFields, kind === "openid" ? openid : rfc8414);
  return {
    value: read.value,
    problems: [
      ...read.problems,
      ...missingFields(value, kind === "openid" ? [...required, ...requiredByOpenid] : required),
      ...(read.value.issuer === undefined ? [] : issuerProblems(read.value.issuer)),
    ],
  };
}
