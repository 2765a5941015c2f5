/**
 * What a parameter's value is, for redaction. `public`: kept when its validator accepts it. `url`: an address, its own
 * parameters redacted in turn. `secret`: replaced. `personal`: about a person, measured only. `free-text`: written for
 * people, kept with tokens masked.
 */
type Sensitivity = "public" | "url" | "secret" | "personal" | "free-text";

/**
 * Whether a replaced value gets a fingerprint. `always`: made by software to be unguessable, or compared so often that a
 * short value must be comparable too; guessing one needs the key, which never leaves the browser session. `never`: short,
 * human-made or one-time, so that whoever did hold the key could try them all. `if-long`: only from 64 bits up.
 */
type Comparison = "always" | "never" | "if-long";

export interface ParameterDefinition {
  readonly name: string;
  readonly sensitivity: Sensitivity;
  readonly comparison: Comparison;
  /** For `public` ones: whether a decoded value is what the specification allows, in linear time. */
  readonly isValid?: (value: string) => boolean;
  /** Space-delimited list whose items are judged one by one. */
  readonly isList?: true;
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

/** Where they appear and what specifies them stands behind each row: nothing reads that at run time. */
type Row = readonly [names: string, sensitivity: Sensitivity, detail?: Comparison | ((value: string) => boolean)];

const rows: readonly Row[] = [
  ["client_id", "public", isClientId], // authorization request, token request, registration: RFC 6749 §2.2
  ["response_type", "public", isEnumeration], // authorization request: RFC 6749 §3.1.1
  ["response_mode", "public", isEnumeration], // authorization request: OAuth 2.0 Multiple Response Types §2.1
  ["redirect_uri", "url"], // authorization request, token request: RFC 6749 §3.1.2
  ["state", "secret", "always"], // authorization request, authorization response: RFC 6749 §4.1.1
  ["nonce", "secret", "always"], // authorization request: OpenID Connect Core §3.1.2.1
  ["code_challenge", "secret", "always"], // authorization request: RFC 7636 §4.3
  ["code_challenge_method", "public", isChallengeMethod], // authorization request: RFC 7636 §4.3
  ["resource", "url"], // authorization request, token request: RFC 8707 §2
  ["audience", "url"], // authorization request, token request: RFC 8693 §2.1
  ["prompt", "public", isEnumeration], // authorization request: OpenID Connect Core §3.1.2.1
  ["display", "public", isEnumeration], // authorization request: OpenID Connect Core §3.1.2.1
  ["max_age", "public", isDuration], // authorization request: OpenID Connect Core §3.1.2.1
  ["ui_locales claims_locales locale lang hl kc_locale", "public", isLanguageList], // authorization request: OpenID Connect Core §3.1.2.1
  ["access_type", "public", oneOf("online", "offline")], // authorization request: Google OAuth 2.0
  ["approval_prompt", "public", oneOf("auto", "force")], // authorization request: Google OAuth 2.0
  ["include_granted_scopes", "public", isFlag], // authorization request: Google OAuth 2.0
  ["allow_signup", "public", isFlag], // authorization request: GitHub OAuth apps
  ["token_access_type", "public", oneOf("online", "offline", "legacy")], // authorization request: Dropbox OAuth
  ["login_hint", "personal"], // authorization request: OpenID Connect Core §3.1.2.1
  ["hd domain_hint", "personal"], // authorization request: Google OpenID Connect
  ["id_token_hint", "secret", "always"], // authorization request, logout: OpenID Connect Core §3.1.2.1
  ["acr_values amr_values", "secret", "if-long"], // authorization request: OpenID Connect Core §3.1.2.1
  ["claims authorization_details", "secret", "if-long"], // authorization request: OpenID Connect Core §5.5
  ["request", "secret", "always"], // authorization request: RFC 9101 §5
  ["request_uri", "url"], // authorization request: RFC 9126 §2.2
  ["dpop_jkt", "secret", "always"], // authorization request: RFC 9449 §10
  ["code", "secret", "always"], // authorization response, token request: RFC 6749 §4.1.2
  ["iss", "url"], // authorization response: RFC 9207 §2
  ["session_state", "secret", "always"], // authorization response: OpenID Connect Session Management §2
  ["response", "secret", "always"], // authorization response: JARM §2.3
  ["error", "public", isErrorCode], // errors: RFC 6749 §4.1.2.1
  ["error_description error_message error_reason", "free-text"], // errors: RFC 6749 §4.1.2.1
  ["error_uri", "url"], // errors: RFC 6749 §4.1.2.1
  ["error_subcode suberror", "public", isErrorCode], // errors: Microsoft identity platform
  ["grant_type", "public", isGrantType], // token request: RFC 6749 §4.1.3
  ["code_verifier", "secret", "always"], // token request: RFC 7636 §4.5
  ["refresh_token", "secret", "always"], // token request, token response: RFC 6749 §6
  ["client_secret", "secret", "if-long"], // token request, registration: RFC 6749 §2.3.1
  ["client_assertion", "secret", "always"], // token request: RFC 7521 §4.2
  ["client_assertion_type", "public", isTokenTypeUrn], // token request: RFC 7521 §4.2
  ["assertion subject_token actor_token token logout_token", "secret", "always"], // token request: RFC 8693 §2.1
  ["subject_token_type requested_token_type issued_token_type", "public", isTokenTypeUrn], // token request, token response: RFC 8693 §2.1
  ["token_type_hint", "public", isEnumeration], // token request: RFC 7009 §2.1
  ["device_code", "secret", "always"], // token request, token response: RFC 8628 §3.2
  ["user_code", "secret", "never"], // token request, token response: RFC 8628 §3.2
  ["access_token", "secret", "always"], // authorization response, token response: RFC 6749 §5.1
  ["id_token", "secret", "always"], // authorization response, token response: OpenID Connect Core §3.1.3.3
  ["token_type", "public", isEnumeration], // authorization response, token response: RFC 6749 §7.1
  ["expires_in refresh_token_expires_in refresh_expires_in ext_expires_in", "public", isDuration], // token response: RFC 6749 §5.1
  ["interval not-before-policy", "public", isDuration], // token response: RFC 8628 §3.2
  ["verification_uri verification_uri_complete", "url"], // token response: RFC 8628 §3.2
  ["post_logout_redirect_uri", "url"], // logout: OpenID Connect RP-Initiated Logout §2
  ["username email phone phone_number sub name given_name family_name preferred_username nickname address birthdate user account mail picture profile", "personal"], // token request: OpenID Connect Core §5.1
  ["password otp passcode pin totp mfa_code verification_code one_time_code", "secret", "never"], // token request: RFC 6749 §4.3.2
  ["sid session_id ticket sig signature oauth_token oauth_verifier SAMLResponse SAMLRequest", "secret", "if-long"], // authorization response: OpenID Connect Front-Channel Logout §3
]; // biome-ignore format: a table reads best with one row per line

/** RFC 6749 §3.3. */
const scope: ParameterDefinition = {
  name: "scope",
  sensitivity: "public",
  comparison: "if-long",
  isList: true,
};

/** Client metadata in registration requests and answers (RFC 7591 §2, RFC 7592 §3, OpenID Connect Registration §2). */
const registrationRows: readonly Row[] = [
  ["redirect_uris post_logout_redirect_uris request_uris", "url"], // registration: RFC 7591 §2
  ["client_uri logo_uri tos_uri policy_uri jwks_uri sector_identifier_uri initiate_login_uri backchannel_logout_uri", "url"], // registration: RFC 7591 §2
  ["registration_client_uri", "url"], // registration: RFC 7592 §3
  ["registration_access_token software_statement initial_access_token", "secret", "always"], // registration: RFC 7592 §3
  ["token_endpoint_auth_method", "public", oneOf("none", "client_secret_post", "client_secret_basic", "client_secret_jwt", "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth", "attest_jwt_client_auth")], // registration: RFC 7591 §2
  ["grant_types", "public", isGrantType], // registration: RFC 7591 §2
  ["response_types", "public", isEnumeration], // registration: RFC 7591 §2
  ["application_type", "public", oneOf("web", "native")], // registration: OpenID Connect Registration §2
  ["subject_type", "public", oneOf("public", "pairwise")], // registration: OpenID Connect Registration §2
  ["client_name client_name_hint software_id software_version", "free-text"], // registration: RFC 7591 §2
  ["client_id_issued_at client_secret_expires_at", "public", (value) => /^(?:0|1\d{9}|[23]\d{9})$/.test(value)], // registration: RFC 7591 §3.2.1
  ["id_token_signed_response_alg request_object_signing_alg userinfo_signed_response_alg token_endpoint_auth_signing_alg", "public", isAlgorithm], // registration: OpenID Connect Registration §2
  ["require_auth_time require_pushed_authorization_requests dpop_bound_access_tokens tls_client_certificate_bound_access_tokens active", "public", isFlag], // registration: RFC 7591 §2
  ["disallowed_uris registered_redirect_uris allowed_redirect_uris registration_endpoint authorization_server_metadata resource_metadata", "url"], // errors: RFC 7591 §3.2.2
  ["message detail title reason hint msg", "free-text"], // errors: RFC 9457 §3.1
  ["status status_code statusCode", "public", (value) => /^[1-5]\d\d$/.test(value)], // errors: RFC 9457 §3.1
  ["errorCode error_code", "public", isErrorCode], // errors: RFC 9457 §3.1
]; // biome-ignore format: a table reads best with one row per line

function define([names, sensitivity, detail]: Row): ParameterDefinition[] {
  const comparison = typeof detail === "string" ? detail : "if-long";
  return names.split(" ").map((name) => ({
    name,
    sensitivity,
    comparison: sensitivity === "personal" ? "never" : comparison,
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
  const { sensitivity, comparison } = definition;
  if (sensitivity === "free-text" && !/^(?:client_|software_|error_)/.test(name)) return undefined;
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
