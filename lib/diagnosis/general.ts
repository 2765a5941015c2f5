import { type Cause, causes } from "@/lib/servers/server.ts";
import type { JudgedAnswer } from "./answers.ts";

const everywhere: readonly Cause[] = ["authorization-server-error", "authorization-server-unavailable"];
const ofTokens: readonly Cause[] = [
  "client-authentication-failed",
  "authorization-code-invalid",
  "pkce-verifier-mismatch",
  "token-redirect-uri-mismatch",
  "grant-type-not-allowed",
];
const ofRegistration: readonly Cause[] = ["registration-redirect-uri-rejected", "registration-not-open"];
const ofInterruption: readonly Cause[] = [
  "access-denied",
  "policy-denied",
  "transaction-lost",
  "session-cookie-refused",
];

const onFrontChannel = causes.filter(
  (cause) =>
    ![
      ...ofTokens,
      ...ofRegistration,
      "authorization-request-invalid",
      "refresh-token-invalid",
      "registration-rejected",
      "state-mismatch",
      "callback-failed",
    ].includes(cause),
);

/** Causes with a rule of their own for each leg. */
const explained: Readonly<Record<JudgedAnswer["leg"], readonly Cause[]>> = {
  authorization: onFrontChannel,
  response: onFrontChannel,
  delivery: [...ofInterruption, ...ofTokens, "state-mismatch"],
  token: [...everywhere, ...ofTokens, "unknown-client", "refresh-token-invalid", "scope-invalid", "resource-invalid"],
  registration: [...everywhere, ...ofRegistration],
};

/**
 * Causes that have no rule of their own on a leg: the leg's general rule takes them, so that no judged failure goes
 * without a finding. Its own cause comes first.
 */
export function leftOn(leg: JudgedAnswer["leg"], own: Cause): readonly [Cause, ...Cause[]] {
  return [own, ...causes.filter((cause) => cause !== own && !explained[leg].includes(cause))];
}
