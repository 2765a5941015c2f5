import { isUuid } from "./shape.ts";

/** What follows the id of a tenant in the paths of authorization servers. */
const tenantEndpoints = new Set(
  "oauth2 oauth authorize authorization token v1 v1.0 v2.0 v2 .well-known protocol saml2 discovery as reprocess kmsi login".split(
    " ",
  ),
);
const issuedIds = [/^aus[0-9A-Za-z]{17}$/, /^[a-z]{2}-[a-z]{2,12}-\d_[0-9A-Za-z]{9}$/];

/** Ids of tenants are public: they stand in the issuer. */
export const isTenant = (segment: string, next: string | undefined, host: string): boolean =>
  (isUuid(segment) || issuedIds.some((id) => id.test(segment))) &&
  ((next !== undefined && tenantEndpoints.has(next)) || host === "sts.windows.net");

/** What follows in a path is about one person, or was sent to one: kept only when it is made of words of ours. */
const personalSegments = new Set(
  (
    "user users people member members profile account accounts customer email phone username reset reset-password password-reset " +
    "forgot-password recover recovery magic magic-link invite invitation verify verification confirm confirmation activate " +
    "activation unsubscribe otp pin password secret key user-code session sessions tokens"
  ).split(" "),
);

export const announcesPerson = (segment: string): boolean =>
  /^[a-z]$/i.test(segment) || personalSegments.has(segment.toLowerCase());
