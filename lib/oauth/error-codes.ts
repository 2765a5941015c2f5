/** Where an error code may be returned. */
type ErrorPlace = "authorization" | "token" | "registration" | "resource";

interface ErrorCode {
  readonly places: readonly ErrorPlace[];
  /** In the words of the specification, shortened to one sentence without a period. */
  readonly means: string;
  readonly spec: string;
}

/** The registered codes an attempt can meet, with what each one's specification says it means. */
export const oauthErrorCodes = {
  invalid_request: {
    places: ["authorization", "token", "resource"],
    means: "the request lacks a required parameter, repeats one, has an invalid value or is otherwise malformed",
    spec: "RFC 6749 §4.1.2.1, §5.2",
  },
  unauthorized_client: {
    places: ["authorization", "token"],
    means: "the client is not authorized to ask for this in this way",
    spec: "RFC 6749 §4.1.2.1, §5.2",
  },
  access_denied: {
    places: ["authorization"],
    means: "the resource owner or the authorization server denied the request",
    spec: "RFC 6749 §4.1.2.1",
  },
  unsupported_response_type: {
    places: ["authorization"],
    means: "the authorization server does not answer with this response type",
    spec: "RFC 6749 §4.1.2.1",
  },
  invalid_scope: {
    places: ["authorization", "token"],
    means: "the requested scope is invalid, unknown, malformed or exceeds what was granted",
    spec: "RFC 6749 §4.1.2.1, §5.2",
  },
  server_error: {
    places: ["authorization"],
    means: "the authorization server met an unexpected condition",
    spec: "RFC 6749 §4.1.2.1",
  },
  temporarily_unavailable: {
    places: ["authorization"],
    means: "the authorization server is overloaded or under maintenance for now",
    spec: "RFC 6749 §4.1.2.1",
  },
  invalid_client: {
    places: ["token"],
    means: "client authentication failed: unknown client, none included, or a method that is not supported",
    spec: "RFC 6749 §5.2",
  },
  invalid_grant: {
    places: ["token"],
    means: "the code or refresh token is invalid, expired, revoked, for another redirect URI or for another client",
    spec: "RFC 6749 §5.2",
  },
  unsupported_grant_type: {
    places: ["token"],
    means: "the authorization server does not support this grant type",
    spec: "RFC 6749 §5.2",
  },
  interaction_required: {
    places: ["authorization"],
    means: "the person has to act, and the request forbade to ask",
    spec: "OpenID Connect Core §3.1.2.6",
  },
  login_required: {
    places: ["authorization"],
    means: "the person has to log in, and the request forbade to ask",
    spec: "OpenID Connect Core §3.1.2.6",
  },
  account_selection_required: {
    places: ["authorization"],
    means: "the person has to choose an account, and the request forbade to ask",
    spec: "OpenID Connect Core §3.1.2.6",
  },
  consent_required: {
    places: ["authorization"],
    means: "the person has to consent, and the request forbade to ask",
    spec: "OpenID Connect Core §3.1.2.6",
  },
  invalid_request_uri: {
    places: ["authorization"],
    means: "the request_uri answers with an error, has expired or holds invalid data",
    spec: "RFC 9101 §7",
  },
  invalid_request_object: {
    places: ["authorization"],
    means: "the request object is invalid",
    spec: "RFC 9101 §7",
  },
  request_not_supported: {
    places: ["authorization"],
    means: "the authorization server does not support the request parameter",
    spec: "RFC 9101 §7",
  },
  request_uri_not_supported: {
    places: ["authorization"],
    means: "the authorization server does not support the request_uri parameter",
    spec: "RFC 9101 §7",
  },
  registration_not_supported: {
    places: ["authorization"],
    means: "the authorization server does not support the registration parameter",
    spec: "OpenID Connect Core §3.1.2.6",
  },
  invalid_target: {
    places: ["authorization", "token"],
    means: "the requested resource is invalid, missing, unknown or malformed",
    spec: "RFC 8707 §2",
  },
  unmet_authentication_requirements: {
    places: ["authorization"],
    means: "the authorization server cannot authenticate the person as the request asks",
    spec: "OpenID Connect Core Unmet Authentication Requirements §2",
  },
  invalid_redirect_uri: {
    places: ["registration"],
    means: "one of the redirect URIs is invalid",
    spec: "RFC 7591 §3.2.2",
  },
  invalid_client_metadata: {
    places: ["registration"],
    means: "one of the client metadata fields is invalid",
    spec: "RFC 7591 §3.2.2",
  },
  invalid_software_statement: {
    places: ["registration"],
    means: "the software statement is invalid",
    spec: "RFC 7591 §3.2.2",
  },
  unapproved_software_statement: {
    places: ["registration"],
    means: "the software statement is not approved by this authorization server",
    spec: "RFC 7591 §3.2.2",
  },
  invalid_token: {
    places: ["resource", "registration"],
    means: "the access token is expired, revoked, malformed or otherwise invalid",
    spec: "RFC 6750 §3.1",
  },
  insufficient_scope: {
    places: ["resource"],
    means: "the request needs higher privileges than the access token gives",
    spec: "RFC 6750 §3.1",
  },
  use_dpop_nonce: {
    places: ["token", "resource"],
    means: "the DPoP proof needs the nonce that came with this answer",
    spec: "RFC 9449 §8",
  },
  invalid_dpop_proof: {
    places: ["token"],
    means: "the DPoP proof is invalid",
    spec: "RFC 9449 §5",
  },
} as const satisfies Readonly<Record<string, ErrorCode>>;

export type OAuthErrorCode = keyof typeof oauthErrorCodes;
