/**
 * What a parameter's value is, for redaction. `public`: kept when its validator accepts it. `url`: an address, its own
 * parameters redacted in turn. `secret`: replaced. `personal`: about a person, measured only. `free-text`: written for
 * people, kept with tokens masked.
 */
type Sensitivity = "public" | "url" | "secret" | "personal" | "free-text";

/** Messages a parameter may appear in. */
type ParameterUse =
  | "authorization-request"
  | "authorization-response"
  | "token-request"
  | "token-response"
  | "registration"
  | "logout"
  | "error";

/**
 * Whether a replaced value gets a fingerprint. `always`: made by software to be unguessable, or compared so often that a
 * short value must be comparable too; guessing one needs the key, which never leaves the browser session. `never`: short,
 * human-made or one-time, so that whoever did hold the key could try them all. `if-long`: only from 64 bits up.
 */
type Comparison = "always" | "never" | "if-long";

export interface ParameterDefinition {
  readonly name: string;
  readonly uses: readonly ParameterUse[];
  readonly sensitivity: Sensitivity;
  readonly comparison: Comparison;
  /** For `public` ones: whether a decoded value is what the specification allows, in linear time. */
  readonly isValid?: (value: string) => boolean;
  /** Space-delimited list whose items are judged one by one. */
  readonly isList?: true;
  readonly spec: string;
}

const oneOf =
  (...values: readonly string[]) =>
  (value: string): boolean =>
    values.includes(value);

/** Words of enumerated values, so that a misspelt one (`form-post`, `Code`) stays readable and a password does not. */
const enumerationWords = new Set(
  (
    "code token id none form post query fragment jwt web message login consent select account create admin plain page " +
    "popup touch wap true false null undefined authorization refresh client credentials implicit password device bearer " +
    "dpop mac basic private key secret public confidential native user code_id_token org organization register signup"
  ).split(" "),
);
const isEnumeration = (value: string): boolean =>
  value.length <= 64 &&
  value
    .toLowerCase()
    .split(/[ _.+-]/)
    .every((word) => word === "" || enumerationWords.has(word));

const isFlag = oneOf("true", "false", "0", "1", "yes", "no", "on", "off");

/**
 * A duration in seconds. Four digits only when they are whole minutes by the five, five when they are half hours, more when they
 * are whole days (give or take the second that some servers subtract): any others could be a one-time code in the wrong place.
 */
export const isDuration = (value: string): boolean => {
  if (!/^\d{1,9}$/.test(value)) return false;
  const seconds = Number(value);
  const unit = [1, 1, 1, 300, 1_800][value.length - 1] ?? 86_400;
  return seconds % unit === 0 || (seconds + 1) % unit === 0;
};

const isChallengeMethod = (value: string): boolean =>
  /^(?:s-?256|plain|sha-?256|s384|s512|none|null|undefined)?$/i.test(value);

const isGrantType = (value: string): boolean =>
  isEnumeration(value) || /^urn:(?:ietf:params:oauth|openid:params):grant-type:[a-z0-9_:-]{1,40}$/.test(value);

const isTokenTypeUrn = (value: string): boolean =>
  isEnumeration(value) || /^urn:ietf:params:oauth:(?:token-type|client-assertion-type):[a-z0-9_:-]{1,40}$/.test(value);

/** RFC 6749 §4.1.2.1 allows more, servers send snake_case, kebab-case or one CamelCase word; digits only as in `oauth2`. */
const isErrorCode = (value: string): boolean => /^[A-Za-z]{1,28}(?:[_. -][A-Za-z]{1,24}){0,7}2?$/.test(value);

const isLanguageList = (value: string): boolean =>
  value.length <= 80 &&
  value
    .split(/[ ,;]/)
    .every((tag) =>
      /^(?:(?:[a-zA-Z]{2}|[a-z]{3})(?:[-_](?:[A-Za-z]{2}|[A-Z]?[a-z]{3}|419|001)){0,2}|q=[01](?:\.\d{1,3})?|\*)?$/.test(
        tag,
      ),
    );

export const isAlgorithm = (value: string): boolean =>
  /^(?:none|(?:RS|ES|PS|HS)(?:256|384|512)|ES256K|EdDSA|Ed25519|Ed448|dir|RSA-OAEP(?:-256)?|RSA1_5|A(?:128|192|256)(?:GCM|KW|GCMKW|CBC-HS256|CBC-HS512)?|ECDH-ES(?:\+A(?:128|192|256)KW)?)$/.test(
    value,
  );

/** RFC 6749 Appendix A.1 allows any VSCHAR; no white space inside, no token of a known issuer, no mailbox. */
export const isClientId = (value: string): boolean =>
  value.length <= 512 && /^ *[!-~]* *$/.test(value) && !startsLikeSecret(value.trim()) && !isMailbox(value);

const isMailbox = (value: string): boolean =>
  /[^@\s]@[^@\s]/.test(value) &&
  !/^[a-z][a-z0-9+.-]{1,63}:\/\//i.test(value) &&
  !value.endsWith(".gserviceaccount.com");

const secretStarts = [
  "ey", "4/0A", "1//0", "ya29.", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-",
  "xoxr-", "sk-", "sk_", "rk_live_", "GOCSPX-", "AKIA", "AIza", "-----BEGIN", "shpat_", "dop_v1_", "hf_", "npm_", "pypi-",
]; // biome-ignore format: one list, many short items

/** Whether a string begins as the tokens, codes and secrets of well-known issuers do. */
export const startsLikeSecret = (value: string): boolean =>
  secretStarts.some(
    (start) =>
      value.startsWith(start) &&
      value.length >= start.length + 10 &&
      (start !== "ey" || value.includes(".") || value.startsWith("eyJ")),
  );

type Row = readonly [
  names: string,
  uses: readonly ParameterUse[],
  sensitivity: Sensitivity,
  spec: string,
  detail?: Comparison | ((value: string) => boolean),
];

const request = ["authorization-request"] as const;
const response = ["authorization-response"] as const;
const tokenRequest = ["token-request"] as const;
const tokenResponse = ["token-response"] as const;
const registration = ["registration"] as const;
const logout = ["logout"] as const;
const error = ["error", "authorization-response", "token-response"] as const;
const clientAuth = ["token-request"] as const;

const rows: readonly Row[] = [
  ["client_id", ["authorization-request", "token-request", "registration"], "public", "RFC 6749 §2.2", isClientId],
  ["response_type", request, "public", "RFC 6749 §3.1.1", isEnumeration],
  ["response_mode", request, "public", "OAuth 2.0 Multiple Response Types §2.1", isEnumeration],
  ["redirect_uri", ["authorization-request", "token-request"], "url", "RFC 6749 §3.1.2"],
  ["state", ["authorization-request", "authorization-response"], "secret", "RFC 6749 §4.1.1", "always"],
  ["nonce", request, "secret", "OpenID Connect Core §3.1.2.1", "always"],
  ["code_challenge", request, "secret", "RFC 7636 §4.3", "always"],
  ["code_challenge_method", request, "public", "RFC 7636 §4.3", isChallengeMethod],
  ["resource", ["authorization-request", "token-request"], "url", "RFC 8707 §2"],
  ["audience", ["authorization-request", "token-request"], "url", "RFC 8693 §2.1"],
  ["prompt", request, "public", "OpenID Connect Core §3.1.2.1", isEnumeration],
  ["display", request, "public", "OpenID Connect Core §3.1.2.1", isEnumeration],
  ["max_age", request, "public", "OpenID Connect Core §3.1.2.1", isDuration],
  ["ui_locales claims_locales locale lang hl kc_locale", request, "public", "OpenID Connect Core §3.1.2.1", isLanguageList],
  ["access_type", request, "public", "Google OAuth 2.0", oneOf("online", "offline")],
  ["approval_prompt", request, "public", "Google OAuth 2.0", oneOf("auto", "force")],
  ["include_granted_scopes", request, "public", "Google OAuth 2.0", isFlag],
  ["allow_signup", request, "public", "GitHub OAuth apps", isFlag],
  ["token_access_type", request, "public", "Dropbox OAuth", oneOf("online", "offline", "legacy")],
  ["login_hint", request, "personal", "OpenID Connect Core §3.1.2.1"],
  ["hd domain_hint", request, "personal", "Google OpenID Connect"],
  ["id_token_hint", ["authorization-request", "logout"], "secret", "OpenID Connect Core §3.1.2.1", "always"],
  ["acr_values amr_values", request, "secret", "OpenID Connect Core §3.1.2.1", "if-long"],
  ["claims authorization_details", request, "secret", "OpenID Connect Core §5.5", "if-long"],
  ["request", request, "secret", "RFC 9101 §5", "always"],
  ["request_uri", request, "url", "RFC 9126 §2.2"],
  ["dpop_jkt", request, "secret", "RFC 9449 §10", "always"],
  ["code", ["authorization-response", "token-request"], "secret", "RFC 6749 §4.1.2", "always"],
  ["iss", response, "url", "RFC 9207 §2"],
  ["session_state", response, "secret", "OpenID Connect Session Management §2", "always"],
  ["response", response, "secret", "JARM §2.3", "always"],
  ["error", error, "public", "RFC 6749 §4.1.2.1", isErrorCode],
  ["error_description error_message error_reason", error, "free-text", "RFC 6749 §4.1.2.1"],
  ["error_uri", error, "url", "RFC 6749 §4.1.2.1"],
  ["error_subcode suberror", error, "public", "Microsoft identity platform", isErrorCode],
  ["grant_type", tokenRequest, "public", "RFC 6749 §4.1.3", isGrantType],
  ["code_verifier", tokenRequest, "secret", "RFC 7636 §4.5", "always"],
  ["refresh_token", ["token-request", "token-response"], "secret", "RFC 6749 §6", "always"],
  ["client_secret", ["token-request", "registration"], "secret", "RFC 6749 §2.3.1", "if-long"],
  ["client_assertion", clientAuth, "secret", "RFC 7521 §4.2", "always"],
  ["client_assertion_type", clientAuth, "public", "RFC 7521 §4.2", isTokenTypeUrn],
  ["assertion subject_token actor_token token logout_token", tokenRequest, "secret", "RFC 8693 §2.1", "always"],
  ["subject_token_type requested_token_type issued_token_type", ["token-request", "token-response"], "public", "RFC 8693 §2.1", isTokenTypeUrn],
  ["token_type_hint", tokenRequest, "public", "RFC 7009 §2.1", isEnumeration],
  ["device_code", ["token-request", "token-response"], "secret", "RFC 8628 §3.2", "always"],
  ["user_code", ["token-request", "token-response"], "secret", "RFC 8628 §3.2", "never"],
  ["access_token", ["authorization-response", "token-response"], "secret", "RFC 6749 §5.1", "always"],
  ["id_token", ["authorization-response", "token-response"], "secret", "OpenID Connect Core §3.1.3.3", "always"],
  ["token_type", ["authorization-response", "token-response"], "public", "RFC 6749 §7.1", isEnumeration],
  ["expires_in refresh_token_expires_in refresh_expires_in ext_expires_in", tokenResponse, "public", "RFC 6749 §5.1", isDuration],
  ["interval not-before-policy", tokenResponse, "public", "RFC 8628 §3.2", isDuration],
  ["verification_uri verification_uri_complete", tokenResponse, "url", "RFC 8628 §3.2"],
  ["post_logout_redirect_uri", logout, "url", "OpenID Connect RP-Initiated Logout §2"],
  ["username email phone phone_number sub name given_name family_name preferred_username nickname address birthdate user account mail picture profile", ["token-request"], "personal", "OpenID Connect Core §5.1"],
  ["password otp passcode pin totp mfa_code verification_code one_time_code", tokenRequest, "secret", "RFC 6749 §4.3.2", "never"],
  ["sid session_id ticket sig signature oauth_token oauth_verifier SAMLResponse SAMLRequest", response, "secret", "OpenID Connect Front-Channel Logout §3", "if-long"],
]; // biome-ignore format: a table reads best with one row per line

const scope: ParameterDefinition = {
  name: "scope",
  uses: ["authorization-request", "authorization-response", "token-request", "token-response", "registration", "error"],
  sensitivity: "public",
  comparison: "if-long",
  isList: true,
  spec: "RFC 6749 §3.3",
};

/** Client metadata in registration requests and answers (RFC 7591 §2, RFC 7592 §3, OpenID Connect Registration §2). */
const registrationRows: readonly Row[] = [
  ["redirect_uris post_logout_redirect_uris request_uris", registration, "url", "RFC 7591 §2"],
  ["client_uri logo_uri tos_uri policy_uri jwks_uri sector_identifier_uri initiate_login_uri backchannel_logout_uri", registration, "url", "RFC 7591 §2"],
  ["registration_client_uri", registration, "url", "RFC 7592 §3"],
  ["registration_access_token software_statement initial_access_token", registration, "secret", "RFC 7592 §3", "always"],
  ["token_endpoint_auth_method", registration, "public", "RFC 7591 §2", oneOf("none", "client_secret_post", "client_secret_basic", "client_secret_jwt", "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth", "attest_jwt_client_auth")],
  ["grant_types", registration, "public", "RFC 7591 §2", isGrantType],
  ["response_types", registration, "public", "RFC 7591 §2", isEnumeration],
  ["application_type", registration, "public", "OpenID Connect Registration §2", oneOf("web", "native")],
  ["subject_type", registration, "public", "OpenID Connect Registration §2", oneOf("public", "pairwise")],
  ["client_name client_name_hint software_id software_version", registration, "free-text", "RFC 7591 §2"],
  ["client_id_issued_at client_secret_expires_at", registration, "public", "RFC 7591 §3.2.1", (value) => /^(?:0|1\d{9}|[23]\d{9})$/.test(value)],
  ["id_token_signed_response_alg request_object_signing_alg userinfo_signed_response_alg token_endpoint_auth_signing_alg", registration, "public", "OpenID Connect Registration §2", isAlgorithm],
  ["require_auth_time require_pushed_authorization_requests dpop_bound_access_tokens tls_client_certificate_bound_access_tokens active", registration, "public", "RFC 7591 §2", isFlag],
  ["disallowed_uris registered_redirect_uris allowed_redirect_uris registration_endpoint authorization_server_metadata resource_metadata", error, "url", "RFC 7591 §3.2.2"],
  ["message detail title reason hint msg", error, "free-text", "RFC 9457 §3.1"],
  ["status status_code statusCode", error, "public", "RFC 9457 §3.1", (value) => /^[1-5]\d\d$/.test(value)],
  ["errorCode error_code", error, "public", "RFC 9457 §3.1", isErrorCode],
]; // biome-ignore format: a table reads best with one row per line

function define([names, uses, sensitivity, spec, detail]: Row): ParameterDefinition[] {
  const comparison = typeof detail === "string" ? detail : "if-long";
  return names.split(" ").map((name) => ({
    name,
    uses,
    sensitivity,
    comparison: sensitivity === "personal" ? "never" : comparison,
    spec,
    ...(typeof detail === "function" ? { isValid: detail } : {}),
  }));
}

/** Parameters of OAuth 2.0, OpenID Connect and MCP authorization, and members of their JSON messages. */
export const parameters: readonly ParameterDefinition[] = [
  scope,
  ...rows.flatMap(define),
  ...registrationRows.flatMap(define),
];

const byName: ReadonlyMap<string, ParameterDefinition> = new Map(parameters.map((one) => [one.name, one]));

/** The definition of a parameter by its exact name; `undefined` for one that no specification here lists. */
export const findParameter = (name: string): ParameterDefinition | undefined => byName.get(name);

/**
 * The definition of a field of a request body. None of what a person types into a login form (user name, password, one-time
 * and user code), whose very length says something, and no text for people but a client's metadata and `error_description`.
 */
export function findBodyField(name: string): ParameterDefinition | undefined {
  const definition = findParameter(name);
  if (!definition) return undefined;
  const { sensitivity, comparison, uses } = definition;
  if (sensitivity === "free-text" && !uses.includes("registration") && !name.startsWith("error_")) return undefined;
  const isTyped = sensitivity === "secret" && comparison === "never";
  return isTyped || sensitivity === "personal" ? undefined : definition;
}

/** Parameters in which servers carry an address, nested and encoded any number of times. */
export const addressCarriers: ReadonlySet<string> = new Set(
  (
    "returnTo return_to returnUrl return_url ReturnUrl returnURL returnPath return continue next redirect redirect_to " +
    "redirectTo redirectUri redirectUrl redirect_url goto target target_url url service callback callbackUrl callback_url " +
    "RelayState wctx wreply destination dest from ru rurl origin forward forward_url back fromURI TargetResource " +
    "success_url failure_url login_redirect cancel_url"
  ).split(" "),
);
