import type { Rule } from "../rule.ts";
import { accessDenied } from "./access-denied.ts";
import { authorizationEndpointDiffers } from "./authorization-endpoint-differs.ts";
import { authorizationRequestInvalid } from "./authorization-request-invalid.ts";
import { authorizationServerError } from "./authorization-server-error.ts";
import { callbackFailed } from "./callback-failed.ts";
import { callbackMissing } from "./callback-missing.ts";
import { callbackUnreachable } from "./callback-unreachable.ts";
import { challengeMissing } from "./challenge-missing.ts";
import { clientIdMissing } from "./client-id-missing.ts";
import { endpointInsecure } from "./endpoint-insecure.ts";
import { endpointUnreachable } from "./endpoint-unreachable.ts";
import { issuerNotIdentical } from "./issuer-not-identical.ts";
import { pkceNotAdvertised } from "./pkce-not-advertised.ts";
import { pkceRequired } from "./pkce-required.ts";
import { redirectUriMissing } from "./redirect-uri-missing.ts";
import { redirectUriNotRegistered } from "./redirect-uri-not-registered.ts";
import { refreshNotOffered } from "./refresh-not-offered.ts";
import { registrationEndpointSplit } from "./registration-endpoint-split.ts";
import { registrationSecretExpires } from "./registration-secret-expires.ts";
import { registrationUnavailable } from "./registration-unavailable.ts";
import { resourceMetadataMismatch } from "./resource-metadata-mismatch.ts";
import { resourceMetadataMissing } from "./resource-metadata-missing.ts";
import { serverMetadataIncomplete } from "./server-metadata-incomplete.ts";
import { serverMetadataInconsistent } from "./server-metadata-inconsistent.ts";
import { serverMetadataMalformed } from "./server-metadata-malformed.ts";
import { serverMetadataMisplaced } from "./server-metadata-misplaced.ts";
import { serverMetadataMissing } from "./server-metadata-missing.ts";
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

/** Every rule, in the order of the vocabulary in `docs/findings`. Adding a rule is one import and one line here. */
export const rules: readonly Rule[] = [...failures, ...metadata];
