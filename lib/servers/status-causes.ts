import { isUnavailableStatus } from "./general.ts";
import type { Cause, MessagePlace } from "./server.ts";

interface Answered {
  readonly status?: number;
  readonly where: MessagePlace;
  readonly matches: readonly unknown[];
  readonly isErrorPage?: boolean;
}

/** What a status alone may mean at this place, where words and code (`hasSaid`) tell no more. */
export function statusCauses({ status, where, matches, isErrorPage }: Answered, hasSaid: boolean): readonly Cause[] {
  if (isErrorPage && !hasSaid && where === "authorize" && (status ?? 200) < 400)
    return ["authorization-request-invalid", "authorization-server-error"];
  if (status === undefined || status < 400) return [];
  if (where === "callback") return hasSaid ? [] : ["callback-failed"];
  if (isUnavailableStatus(status)) return ["authorization-server-unavailable"];
  if (where === "registration") {
    if (status >= 500 && status !== 501) return ["authorization-server-error"];
    return [401, 403, 404, 405, 501].includes(status) ? ["registration-not-open"] : ["registration-rejected"];
  }
  if (status >= 500) return ["authorization-server-error"];
  if (where === "token") return status === 401 ? ["client-authentication-failed"] : [];
  if (hasSaid && matches.length > 0) return [];
  if (status === 404 || status === 405 || status === 410) return ["authorization-endpoint-not-found", "unknown-client"];
  if (status === 403) return ["policy-denied", "client-not-allowed", "authorization-request-invalid"];
  return ["authorization-request-invalid"];
}
