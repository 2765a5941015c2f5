import type { Cause, MessagePlace } from "../server.ts";
import type { Concept, Predicate } from "./language.ts";

type Means = readonly [Cause, ...Cause[]];
/** What each predicate says of a concept; `any` stands for the predicates not listed. */
type Meanings = Readonly<Partial<Record<Concept, Readonly<Partial<Record<Predicate | "any", Means>>>>>>;

const unknownClient: Means = ["unknown-client"];
const notAllowed: Means = ["client-not-allowed"];
const notRegistered: Means = ["redirect-uri-not-registered"];
const transactionLost: Means = ["transaction-lost"];
const invalidRequest: Means = ["authorization-request-invalid"];
const resourceInvalid: Means = ["resource-invalid"];
const methodUnsupported: Means = ["pkce-method-unsupported"];

const authorize: Meanings = {
  client: {
    unknown: unknownClient,
    unregistered: ["unknown-client", "client-not-allowed"],
    invalid: unknownClient,
    mismatch: unknownClient,
    missing: ["client-id-missing"],
    disabled: notAllowed,
    forbidden: ["client-not-allowed", "unknown-client"],
    unsupported: notAllowed,
    denied: notAllowed,
  },
  "client-id": {
    unknown: unknownClient,
    unregistered: unknownClient,
    invalid: unknownClient,
    malformed: unknownClient,
    mismatch: unknownClient,
    expired: unknownClient,
    missing: ["client-id-missing"],
    disabled: notAllowed,
    forbidden: ["client-not-allowed", "unknown-client"],
    unsupported: ["unknown-client", "client-not-allowed"],
    denied: ["client-not-allowed", "unknown-client"],
  },
  "client-document": { any: ["client-metadata-unreachable"] },
  // The authorization endpoint authenticates no client: it did not find one.
  "client-secret": { any: ["unknown-client", "client-authentication-failed"] },
  redirect: {
    unregistered: notRegistered,
    mismatch: notRegistered,
    forbidden: notRegistered,
    unknown: notRegistered,
    denied: notRegistered,
    disabled: notRegistered,
    unsupported: ["redirect-uri-not-registered", "redirect-uri-invalid"],
    invalid: ["redirect-uri-not-registered", "redirect-uri-invalid"],
    malformed: ["redirect-uri-invalid", "redirect-uri-not-registered"],
    missing: ["redirect-uri-missing"],
  },
  scope: { any: ["scope-invalid"] },
  pkce: {
    missing: ["pkce-required"],
    unsupported: methodUnsupported,
    forbidden: methodUnsupported,
    invalid: ["pkce-required", "pkce-method-unsupported"],
    malformed: ["pkce-required", "pkce-method-unsupported"],
  },
  "pkce-method": { any: ["pkce-method-unsupported", "pkce-required"] },
  verifier: { any: ["pkce-verifier-mismatch"] },
  state: {
    missing: ["state-required"],
    malformed: ["state-required"],
    invalid: ["transaction-lost", "state-mismatch"],
    expired: transactionLost,
    unknown: ["transaction-lost", "state-mismatch"],
    mismatch: ["state-mismatch", "transaction-lost"],
  },
  nonce: { any: ["nonce-required"] },
  "response-type": { any: ["response-type-unsupported"] },
  "response-mode": { any: ["response-mode-unsupported"] },
  resource: {
    invalid: resourceInvalid,
    malformed: resourceInvalid,
    mismatch: resourceInvalid,
    unregistered: resourceInvalid,
    unsupported: resourceInvalid,
    missing: resourceInvalid,
  },
  "resource-indicator": { any: resourceInvalid },
  transaction: {
    expired: transactionLost,
    unknown: transactionLost,
    invalid: transactionLost,
    missing: transactionLost,
    mismatch: transactionLost,
    denied: ["access-denied"],
    disabled: notAllowed,
    forbidden: notAllowed,
    failed: ["transaction-lost"],
  },
  cookie: {
    unknown: ["transaction-lost", "session-cookie-refused"],
    missing: ["transaction-lost", "session-cookie-refused"],
    mismatch: ["transaction-lost", "session-cookie-refused"],
    invalid: ["transaction-lost", "session-cookie-refused"],
    expired: ["transaction-lost", "session-cookie-refused"],
    disabled: ["session-cookie-refused", "transaction-lost"],
  },
  server: {
    failed: ["authorization-server-error"],
    unavailable: ["authorization-server-unavailable"],
    expired: ["authorization-server-unavailable"],
  },
  user: { denied: ["access-denied"], forbidden: ["policy-denied"] },
  consent: {
    denied: ["access-denied", "policy-denied"],
    missing: ["interaction-required"],
    expired: transactionLost,
    forbidden: ["interaction-required", "access-denied"],
  },
  policy: {
    denied: ["policy-denied"],
    forbidden: ["policy-denied"],
    disabled: ["policy-denied"],
    failed: ["policy-denied"],
    missing: ["policy-denied"],
  },
  "grant-type": { any: notAllowed },
  registration: { any: ["client-not-allowed"] },
  "request-object": { any: ["request-object-invalid"] },
  "pushed-request": { any: ["pushed-request-invalid", "request-object-invalid"] },
  upstream: {
    failed: ["upstream-authorization-failed"],
    mismatch: ["upstream-authorization-failed"],
    denied: ["upstream-authorization-failed"],
    invalid: ["upstream-authorization-failed"],
    expired: ["upstream-authorization-failed"],
    unavailable: ["upstream-authorization-failed"],
  },
  request: {
    invalid: invalidRequest,
    malformed: invalidRequest,
    missing: invalidRequest,
    unsupported: invalidRequest,
    expired: transactionLost,
    unknown: transactionLost,
    denied: ["access-denied"],
    forbidden: invalidRequest,
  },
};

const clientAuthentication: Means = ["client-authentication-failed"];
const badCode: Means = ["authorization-code-invalid"];

const token: Meanings = {
  client: { any: clientAuthentication },
  "client-id": { any: clientAuthentication },
  "client-secret": { any: clientAuthentication },
  redirect: { any: ["token-redirect-uri-mismatch"] },
  scope: { any: ["scope-invalid"] },
  pkce: { missing: ["pkce-required", "pkce-verifier-mismatch"], any: ["pkce-verifier-mismatch"] },
  "pkce-method": { any: ["pkce-verifier-mismatch"] },
  verifier: { any: ["pkce-verifier-mismatch"] },
  code: { any: badCode },
  "refresh-token": { any: ["refresh-token-invalid"] },
  "grant-type": {
    unsupported: ["grant-type-not-allowed"],
    forbidden: ["grant-type-not-allowed"],
    any: ["authorization-code-invalid", "refresh-token-invalid"],
  },
  resource: { any: resourceInvalid },
  "resource-indicator": { any: resourceInvalid },
  transaction: { any: ["refresh-token-invalid", "authorization-code-invalid"] },
  server: authorize.server ?? {},
  upstream: authorize.upstream ?? {},
};

const rejected: Means = ["registration-rejected"];
const notOpen: Means = ["registration-not-open"];

const registration: Meanings = {
  redirect: { any: ["registration-redirect-uri-rejected"] },
  registration: { invalid: rejected, malformed: rejected, failed: rejected, any: notOpen },
  client: { forbidden: notOpen, disabled: notOpen, unregistered: notOpen, unknown: notOpen, any: rejected },
  policy: { any: notOpen },
  user: { forbidden: notOpen },
  scope: { any: rejected },
  "grant-type": { any: rejected },
  "response-type": { any: rejected },
  request: { forbidden: notOpen, denied: notOpen, any: rejected },
  server: authorize.server ?? {},
};

const stateMismatch: Means = ["state-mismatch", "transaction-lost"];
const callbackFailed: Means = ["callback-failed"];
/** What the redirection endpoint itself shows: it checks the response, not the request. */
const callback: Meanings = {
  ...authorize,
  redirect: { mismatch: stateMismatch, unknown: stateMismatch, any: callbackFailed },
  state: { any: stateMismatch },
  code: { any: ["authorization-code-invalid"] },
};

const meanings: Readonly<Record<MessagePlace, Meanings>> = { authorize, callback, token, registration };

export function meaningOf(concept: Concept, predicate: Predicate, where: MessagePlace): Means | undefined {
  const byPredicate = meanings[where][concept];
  return byPredicate?.[predicate] ?? byPredicate?.any;
}
