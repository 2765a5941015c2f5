import type { Rule } from "../rule.ts";
import { accessDenied } from "./access-denied.ts";
import { authorizationRequestInvalid } from "./authorization-request-invalid.ts";
import { authorizationServerError } from "./authorization-server-error.ts";
import { callbackFailed } from "./callback-failed.ts";
import { callbackMissing } from "./callback-missing.ts";
import { callbackUnreachable } from "./callback-unreachable.ts";
import { clientIdMissing } from "./client-id-missing.ts";
import { pkceRequired } from "./pkce-required.ts";
import { redirectUriMissing } from "./redirect-uri-missing.ts";
import { redirectUriNotRegistered } from "./redirect-uri-not-registered.ts";
import { stateMismatch } from "./state-mismatch.ts";
import { unknownClient } from "./unknown-client.ts";

/** Why an attempt failed. */
const failures: readonly Rule[] = [
  unknownClient,
  clientIdMissing,
  redirectUriNotRegistered,
  redirectUriMissing,
  pkceRequired,
  authorizationRequestInvalid,
  accessDenied,
  authorizationServerError,
  stateMismatch,
  callbackUnreachable,
  callbackFailed,
  callbackMissing,
];

/** Every rule, in the order of the vocabulary in `docs/findings`. Adding a rule is one import and one line here. */
export const rules: readonly Rule[] = [...failures];
