import type { Rule } from "../rule.ts";
import { accessDenied } from "./access-denied.ts";
import { authorizationCodeInvalid } from "./authorization-code-invalid.ts";
import { authorizationCodeReused } from "./authorization-code-reused.ts";
import { authorizationEndpointDiffers } from "./authorization-endpoint-differs.ts";
import { authorizationEndpointNotFound } from "./authorization-endpoint-not-found.ts";
import { authorizationRequestInvalid } from "./authorization-request-invalid.ts";
import { authorizationServerError } from "./authorization-server-error.ts";
import { authorizationServerUnavailable } from "./authorization-server-unavailable.ts";
import { callbackFailed } from "./callback-failed.ts";
import { callbackMissing } from "./callback-missing.ts";
import { callbackSchemeUnhandled } from "./callback-scheme-unhandled.ts";
import { callbackUnreachable } from "./callback-unreachable.ts";
import { challengeMissing } from "./challenge-missing.ts";
import { clientAuthenticationFailed } from "./client-authentication-failed.ts";
import { clientIdMissing } from "./client-id-missing.ts";
import { clientKnownToSomeInstances } from "./client-known-to-some-instances.ts";
import { clientMetadataUnreachable } from "./client-metadata-unreachable.ts";
import { clientNotAllowed } from "./client-not-allowed.ts";
import { clientRegistrationLost } from "./client-registration-lost.ts";
import { clientSecretInFrontChannel } from "./client-secret-in-front-channel.ts";
import { clientStoreKeyDiffers } from "./client-store-key-differs.ts";
import { codeInReferer } from "./code-in-referer.ts";
import { endpointInsecure } from "./endpoint-insecure.ts";
import { endpointUnreachable } from "./endpoint-unreachable.ts";
import { grantTypeNotAllowed } from "./grant-type-not-allowed.ts";
import { implicitFlow } from "./implicit-flow.ts";
import { insecureLeg } from "./insecure-leg.ts";
import { interactionRequired } from "./interaction-required.ts";
import { issuerMismatch } from "./issuer-mismatch.ts";
import { issuerNotIdentical } from "./issuer-not-identical.ts";
import { issuerParameterMissing } from "./issuer-parameter-missing.ts";
import { loopbackPortNotFree } from "./loopback-port-not-free.ts";
import { nonceMissing } from "./nonce-missing.ts";
import { nonceRequired } from "./nonce-required.ts";
import { originNotAllowed } from "./origin-not-allowed.ts";
import { pkceMethodUnsupported } from "./pkce-method-unsupported.ts";
import { pkceMissing } from "./pkce-missing.ts";
import { pkceNotAdvertised } from "./pkce-not-advertised.ts";
import { pkcePlain } from "./pkce-plain.ts";
import { pkceRequired } from "./pkce-required.ts";
import { pkceVerifierMismatch } from "./pkce-verifier-mismatch.ts";
import { policyDenied } from "./policy-denied.ts";
import { pushedRequestInvalid } from "./pushed-request-invalid.ts";
import { redirectUriInsecure } from "./redirect-uri-insecure.ts";
import { redirectUriInvalid } from "./redirect-uri-invalid.ts";
import { redirectUriMissing } from "./redirect-uri-missing.ts";
import { redirectUriNotRegistered } from "./redirect-uri-not-registered.ts";
import { refreshNotOffered } from "./refresh-not-offered.ts";
import { refreshTokenInvalid } from "./refresh-token-invalid.ts";
import { registrationEndpointSplit } from "./registration-endpoint-split.ts";
import { registrationNotOpen } from "./registration-not-open.ts";
import { registrationRedirectUriRejected } from "./registration-redirect-uri-rejected.ts";
import { registrationRejected } from "./registration-rejected.ts";
import { registrationSecretExpires } from "./registration-secret-expires.ts";
import { registrationUnavailable } from "./registration-unavailable.ts";
import { requestObjectInvalid } from "./request-object-invalid.ts";
import { resourceInvalid } from "./resource-invalid.ts";
import { resourceMetadataMismatch } from "./resource-metadata-mismatch.ts";
import { resourceMetadataMissing } from "./resource-metadata-missing.ts";
import { responseModeUnsupported } from "./response-mode-unsupported.ts";
import { responseTypeUnsupported } from "./response-type-unsupported.ts";
import { scopeInvalid } from "./scope-invalid.ts";
import { serverMetadataIncomplete } from "./server-metadata-incomplete.ts";
import { serverMetadataInconsistent } from "./server-metadata-inconsistent.ts";
import { serverMetadataMalformed } from "./server-metadata-malformed.ts";
import { serverMetadataMisplaced } from "./server-metadata-misplaced.ts";
import { serverMetadataMissing } from "./server-metadata-missing.ts";
import { sessionCookieRefused } from "./session-cookie-refused.ts";
import { stateMismatch } from "./state-mismatch.ts";
import { stateMissing } from "./state-missing.ts";
import { stateRequired } from "./state-required.ts";
import { stateWeak } from "./state-weak.ts";
import { tokenAuthMethodUnadvertised } from "./token-auth-method-unadvertised.ts";
import { tokenInUrl } from "./token-in-url.ts";
import { tokenRedirectUriMismatch } from "./token-redirect-uri-mismatch.ts";
import { tokenRequestBlocked } from "./token-request-blocked.ts";
import { tokenResponseInvalid } from "./token-response-invalid.ts";
import { transactionLost } from "./transaction-lost.ts";
import { unknownClient } from "./unknown-client.ts";
import { upstreamAuthorizationFailed } from "./upstream-authorization-failed.ts";
import { upstreamClientIdUsed } from "./upstream-client-id-used.ts";

/** Why an attempt failed. */
const failures: readonly Rule[] = [
  unknownClient,
  clientKnownToSomeInstances,
  clientStoreKeyDiffers,
  clientRegistrationLost,
  clientMetadataUnreachable,
  upstreamClientIdUsed,
  clientIdMissing,
  clientNotAllowed,
  redirectUriNotRegistered,
  redirectUriMissing,
  redirectUriInvalid,
  loopbackPortNotFree,
  pkceRequired,
  pkceMethodUnsupported,
  stateRequired,
  nonceRequired,
  scopeInvalid,
  responseTypeUnsupported,
  responseModeUnsupported,
  resourceInvalid,
  requestObjectInvalid,
  pushedRequestInvalid,
  authorizationRequestInvalid,
  accessDenied,
  interactionRequired,
  policyDenied,
  transactionLost,
  sessionCookieRefused,
  upstreamAuthorizationFailed,
  authorizationServerError,
  authorizationServerUnavailable,
  authorizationEndpointNotFound,
  callbackUnreachable,
  callbackSchemeUnhandled,
  callbackFailed,
  callbackMissing,
  stateMismatch,
  issuerMismatch,
  issuerParameterMissing,
  authorizationCodeReused,
  clientAuthenticationFailed,
  tokenAuthMethodUnadvertised,
  authorizationCodeInvalid,
  pkceVerifierMismatch,
  tokenRedirectUriMismatch,
  grantTypeNotAllowed,
  refreshTokenInvalid,
  tokenRequestBlocked,
  tokenResponseInvalid,
  registrationRejected,
  registrationRedirectUriRejected,
  registrationNotOpen,
  originNotAllowed,
];

/** What the metadata gets wrong, in the order of discovery. */
const metadata: readonly Rule[] = [
  challengeMissing,
  resourceMetadataMissing,
  resourceMetadataMismatch,
  serverMetadataMissing,
  serverMetadataIncomplete,
  serverMetadataMalformed,
  serverMetadataMisplaced,
  serverMetadataInconsistent,
  issuerNotIdentical,
  endpointInsecure,
  endpointUnreachable,
  authorizationEndpointDiffers,
  registrationUnavailable,
  pkceNotAdvertised,
  refreshNotOffered,
  registrationEndpointSplit,
  registrationSecretExpires,
];

/** What works and weakens. */
const advice: readonly Rule[] = [
  pkceMissing,
  pkcePlain,
  stateMissing,
  stateWeak,
  nonceMissing,
  implicitFlow,
  tokenInUrl,
  clientSecretInFrontChannel,
  redirectUriInsecure,
  codeInReferer,
  insecureLeg,
];

/** Every rule, in the order of the vocabulary in `docs/findings`. Adding a rule is one import and one line here. */
export const rules: readonly Rule[] = [...failures, ...metadata, ...advice];
