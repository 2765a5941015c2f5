import type { HostedRow, ServerRow } from "./corpus.ts";

/** Finding ids that are right for a row, best first. Rules made from probes or history may say more than the text. */
export type Expected = readonly [string, ...string[]];

const notRegistered: Expected = ["redirect-uri-not-registered", "redirect-uri-invalid"];
const unknownClient: Expected = ["unknown-client", "client-registration-lost", "client-known-to-some-instances"];
const registration: Expected = ["registration-rejected", "registration-redirect-uri-rejected", "registration-not-open"];

const ofServers: Readonly<Record<string, Expected>> = {
  unknown_client: unknownClient,
  redirect_uri_mismatch: notRegistered,
  redirect_uri_missing: ["redirect-uri-missing"],
  invalid_scope: ["scope-invalid"],
  token_invalid_scope: ["scope-invalid"],
  unsupported_response_type: ["response-type-unsupported"],
  missing_pkce: ["pkce-required"],
  unsupported_pkce_method: ["pkce-method-unsupported"],
  server_error: ["authorization-server-error"],
  temporarily_unavailable: ["authorization-server-unavailable"],
  invalid_resource: ["resource-invalid"],
  registration_rejected: registration,
  invalid_client: ["client-authentication-failed"],
  invalid_grant: ["authorization-code-invalid"],
  unsupported_grant_type: ["grant-type-not-allowed"],
  refresh_token_invalid: ["refresh-token-invalid"],
  access_denied: ["access-denied"],
  session_expired: ["transaction-lost", "session-cookie-refused"],
  unauthorized_client: ["client-not-allowed"],
  invalid_request_object: ["request-object-invalid", "pushed-request-invalid"],
  login_required: ["interaction-required"],
  consent_required: ["interaction-required"],
  interaction_required: ["interaction-required"],
  missing_state: ["state-required"],
};

/** Rows whose class is wider than what happened: the first fitting line decides. */
const narrower: readonly {
  readonly class: string;
  readonly product?: string;
  readonly text: RegExp;
  readonly expected: Expected;
}[] = [
  { class: "unknown_client", text: /CIMD/, expected: ["client-metadata-unreachable"] },
  {
    class: "unknown_client",
    product: "better-auth",
    text: /invalid_request — client_id is required/,
    expected: ["client-id-missing"],
  },
  { class: "unknown_client", product: "better-auth", text: /client_id is required/, expected: unknownClient },
  { class: "unknown_client", product: "keycloak", text: /Invalid Request/, expected: ["client-id-missing"] },
  {
    class: "unknown_client",
    text: /missing|required|must be|no client_id|not provided|is empty/i,
    expected: ["client-id-missing"],
  },
  { class: "unknown_client", text: /client(?: is|_)? ?disabled|suspended|inactive/i, expected: ["client-not-allowed"] },
  { class: "invalid_grant", text: /verifier|PKCE|challenge/i, expected: ["pkce-verifier-mismatch"] },
  { class: "invalid_grant", text: /verification failed/i, expected: ["pkce-verifier-mismatch"] },
  { class: "invalid_grant", text: /redirect_uri.{0,3} from this request/, expected: ["token-redirect-uri-mismatch"] },
  // The sentence of RFC 6749 §5.2 names every cause of invalid_grant.
  { class: "invalid_grant", text: /expired, revoked/i, expected: ["authorization-code-invalid"] },
  { class: "invalid_grant", text: /redirect/i, expected: ["token-redirect-uri-mismatch"] },
  {
    class: "invalid_grant",
    text: /client|unauthorized_client/i,
    expected: ["authorization-code-invalid", "client-authentication-failed", "grant-type-not-allowed"],
  },
  { class: "invalid_grant", text: /server_error/, expected: ["authorization-server-error"] },
  { class: "refresh_token_invalid", text: /server_error/, expected: ["authorization-server-error"] },
  {
    class: "registration_rejected",
    text: /too_many|too many|rate limit/i,
    expected: ["authorization-server-unavailable", "registration-rejected"],
  },
  {
    class: "registration_rejected",
    text: /server_error/,
    expected: ["authorization-server-error", "registration-rejected"],
  },
  { class: "registration_rejected", text: /invalid_redirect_uri/, expected: ["registration-redirect-uri-rejected"] },
  { class: "access_denied", text: /upstream error/, expected: ["upstream-authorization-failed", "access-denied"] },
  {
    class: "server_error",
    text: /identity provider|upstream/i,
    expected: ["authorization-server-error", "upstream-authorization-failed"],
  },
  {
    class: "temporarily_unavailable",
    text: /authentication_expired/,
    expected: ["authorization-server-unavailable", "transaction-lost"],
  },
  {
    class: "unauthorized_client",
    text: /response_type/,
    expected: ["client-not-allowed", "response-type-unsupported"],
  },
  { class: "unauthorized_client", text: /grant/, expected: ["client-not-allowed", "grant-type-not-allowed"] },
];

export function expectedOfServer(row: ServerRow): Expected | undefined {
  const text = `${row.text ?? ""} ${Object.values(row.callback_params ?? {}).join(" ")}`;
  const special = narrower.find(
    (line) => line.class === row.class && (line.product ?? row.product) === row.product && line.text.test(text),
  );
  if (row.class === "unauthorized_client" && row.where === "token") return ["grant-type-not-allowed"];
  return special?.expected ?? ofServers[row.class];
}

const ofHosted: Readonly<Record<string, Expected>> = {
  redirect_uri_mismatch: notRegistered,
  unknown_client: unknownClient,
  policy: ["policy-denied", "client-not-allowed", "access-denied", "interaction-required"],
  // What the words do not separate: a refusal of the request as such, or the server's own fault.
  other: ["authorization-request-invalid", "authorization-server-error", "policy-denied", "callback-failed"],
  consent: ["interaction-required", "policy-denied", "access-denied"],
  invalid_scope: ["scope-invalid"],
  resource_mismatch: ["resource-invalid"],
  client_auth_mismatch: ["client-authentication-failed", "client-not-allowed"],
  pkce_mismatch: ["pkce-verifier-mismatch", "pkce-method-unsupported"],
  invalid_grant: ["authorization-code-invalid", "refresh-token-invalid"],
  server_error: ["authorization-server-error"],
  registration_rejected: registration,
  client_allowlist: [
    "client-not-allowed",
    "redirect-uri-not-registered",
    "registration-not-open",
    "unknown-client",
    "registration-redirect-uri-rejected",
  ],
  issuer_mismatch: ["issuer-mismatch"],
  state_mismatch: ["state-mismatch", "transaction-lost"],
  access_denied: ["access-denied", "policy-denied"],
  missing_pkce: ["pkce-required"],
};

/** Undefined for what does not happen on the way through the browser (discovery, unreachable loopback ports). */
export function expectedOfHosted(row: HostedRow): Expected | undefined {
  if (row.class === "unknown_client" && /missing|required parameter/i.test(row.text)) return ["client-id-missing"];
  if (row.class === "redirect_uri_mismatch" && /blank|no reply address|missing/i.test(row.text))
    return ["redirect-uri-missing", ...notRegistered];
  if (row.where === "token" && row.class === "redirect_uri_mismatch") return ["token-redirect-uri-mismatch"];
  if (row.where === "token" && row.class === "unknown_client") return ["client-authentication-failed"];
  const expected = ofHosted[row.class];
  // Shown by the client with a 4xx: that it failed there is what can be seen.
  return expected && row.where === "callback" && !/error=/.test(row.callback_params)
    ? [...expected, "callback-failed"]
    : expected;
}
