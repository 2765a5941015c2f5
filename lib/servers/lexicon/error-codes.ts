import type { Cause, MessagePlace } from "../server.ts";

type Means = readonly [Cause, ...Cause[]];

/** `error` members of the specifications and of servers that coin their own, at the authorization endpoint. */
const authorize: Readonly<Record<string, Means>> = {
  invalid_client: ["unknown-client"],
  invalid_client_id: ["unknown-client"],
  unknown_client: ["unknown-client"],
  client_not_found: ["unknown-client"],
  deleted_client: ["unknown-client"],
  unauthorized_client: ["client-not-allowed", "unknown-client"],
  client_disabled: ["client-not-allowed"],
  application_suspended: ["client-not-allowed"],
  invalid_request: ["authorization-request-invalid"],
  access_denied: ["access-denied", "policy-denied"],
  user_denied: ["access-denied"],
  unsupported_response_type: ["response-type-unsupported"],
  unsupported_response_mode: ["response-mode-unsupported"],
  invalid_scope: ["scope-invalid"],
  insufficient_scope: ["scope-invalid"],
  unauthorized_scope_error: ["scope-invalid"],
  server_error: ["authorization-server-error"],
  temporarily_unavailable: ["authorization-server-unavailable"],
  too_many_requests: ["authorization-server-unavailable"],
  slow_down: ["authorization-server-unavailable"],
  rate_limit_exceeded: ["authorization-server-unavailable"],
  interaction_required: ["interaction-required"],
  login_required: ["interaction-required"],
  consent_required: ["interaction-required"],
  account_selection_required: ["interaction-required"],
  unmet_authentication_requirements: ["interaction-required"],
  invalid_target: ["resource-invalid"],
  invalid_resource: ["resource-invalid"],
  invalid_request_uri: ["pushed-request-invalid", "request-object-invalid"],
  invalid_request_object: ["request-object-invalid"],
  request_not_supported: ["request-object-invalid"],
  request_uri_not_supported: ["request-object-invalid", "pushed-request-invalid"],
  invalid_redirect_uri: ["redirect-uri-not-registered", "redirect-uri-invalid"],
  invalid_redirect: ["redirect-uri-not-registered", "redirect-uri-invalid"],
  redirect_uri_mismatch: ["redirect-uri-not-registered"],
  redirect_mismatch: ["redirect-uri-not-registered"],
  invalid_callback: ["redirect-uri-not-registered"],
  invalid_state: ["state-required", "transaction-lost"],
  session_expired: ["transaction-lost"],
  invalid_grant: ["authorization-request-invalid"],
  invalid_client_metadata: ["client-metadata-unreachable"],
  method_not_allowed: ["authorization-endpoint-not-found"],
  not_found: ["authorization-endpoint-not-found"],
};

/** Wire names that no prose uses: where an answer refuses the request, the one it names is what it refuses. */
export const parameterCauses: Readonly<Record<string, Means>> = {
  client_id: ["unknown-client"],
  redirect_uri: ["redirect-uri-not-registered", "redirect-uri-invalid"],
  code_challenge: ["pkce-required"],
  code_challenge_method: ["pkce-method-unsupported", "pkce-required"],
  response_type: ["response-type-unsupported"],
  response_mode: ["response-mode-unsupported"],
  request_uri: ["pushed-request-invalid", "request-object-invalid"],
  nonce: ["nonce-required"],
  "path resource": ["resource-invalid"],
  "parameter state": ["transaction-lost", "state-required"],
  "parameter resource": ["resource-invalid"],
  "parameter scope": ["scope-invalid"],
};

/** RFC 6749 §5.2 and what servers answer in its place. */
const token: Readonly<Record<string, Means>> = {
  invalid_client: ["client-authentication-failed"],
  unauthorized_client: ["grant-type-not-allowed", "client-authentication-failed"],
  incorrect_client_credentials: ["client-authentication-failed"],
  bad_client_secret: ["client-authentication-failed"],
  invalid_client_id: ["client-authentication-failed"],
  invalid_client_secret: ["client-authentication-failed"],
  invalid_grant: [
    "authorization-code-invalid",
    "refresh-token-invalid",
    "pkce-verifier-mismatch",
    "token-redirect-uri-mismatch",
  ],
  invalid_code: ["authorization-code-invalid"],
  bad_verification_code: ["authorization-code-invalid"],
  invalid_code_verifier: ["pkce-verifier-mismatch"],
  invalid_refresh_token: ["refresh-token-invalid"],
  unsupported_grant_type: ["grant-type-not-allowed"],
  invalid_grant_type: ["grant-type-not-allowed"],
  invalid_scope: ["scope-invalid"],
  invalid_target: ["resource-invalid"],
  invalid_resource: ["resource-invalid"],
  redirect_uri_mismatch: ["token-redirect-uri-mismatch"],
  bad_redirect_uri: ["token-redirect-uri-mismatch"],
  invalid_redirect_uri: ["token-redirect-uri-mismatch"],
  server_error: ["authorization-server-error"],
  temporarily_unavailable: ["authorization-server-unavailable"],
  too_many_requests: ["authorization-server-unavailable"],
  slow_down: ["authorization-server-unavailable"],
};

/** RFC 7591 §3.2.2. */
const registration: Readonly<Record<string, Means>> = {
  invalid_redirect_uri: ["registration-redirect-uri-rejected"],
  invalid_redirect_uris: ["registration-redirect-uri-rejected"],
  invalid_client_metadata: ["registration-rejected"],
  invalid_software_statement: ["registration-rejected"],
  unapproved_software_statement: ["registration-not-open"],
  invalid_request: ["registration-rejected"],
  invalid_scope: ["registration-rejected"],
  invalid_token: ["registration-not-open"],
  access_denied: ["registration-not-open"],
  insufficient_scope: ["registration-not-open"],
  unauthorized_client: ["registration-not-open"],
  not_implemented: ["registration-not-open"],
  not_found: ["registration-not-open"],
  forbidden: ["registration-not-open"],
  unauthorized: ["registration-not-open"],
  server_error: ["authorization-server-error"],
  temporarily_unavailable: ["authorization-server-unavailable"],
  too_many_requests: ["authorization-server-unavailable"],
};

const byPlace = { authorize, callback: authorize, token, registration } as const;

/** Codes so general that any words beside them say more. */
export const generalCodes: ReadonlySet<string> = new Set([
  "invalid_request",
  "invalid_client",
  "unauthorized_client",
  "access_denied",
  "server_error",
  "invalid_grant",
  "invalid_client_metadata",
  "invalid_state",
  "not_found",
]);

/** What RFC 6749 §4.1.2.1 says a code means, where that names a cause: servers quote it before they say what happened. */
export const definitions: ReadonlySet<string> = new Set([
  "the resource owner or authorization server denied the request",
]);

/** General codes that servers also write out as words before the real message. */
export const spelledCodes: readonly string[] = [
  "invalid_request",
  "invalid_client",
  "unauthorized_client",
  "access_denied",
  "server_error",
  "invalid_grant",
];

/** The code that stands for every fault no other code has. */
export const vaguestCode = "invalid_request";

export const causesOfCode = (code: string, where: MessagePlace): readonly Cause[] => {
  const codes: Readonly<Record<string, Means>> = byPlace[where];
  return Object.hasOwn(codes, code) ? (codes[code] ?? []) : [];
};

export const errorCodes: readonly string[] = [
  ...new Set([...Object.keys(authorize), ...Object.keys(token), ...Object.keys(registration)]),
].filter((code) => code.includes("_"));
