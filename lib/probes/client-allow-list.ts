import type { Exchange } from "@/lib/exchange/exchange.ts";
import { type ProbePlan, type ProbeSubject, planOf } from "./probe.ts";
import { type RegistrationReading, readRegistration, registrationRequest } from "./registration.ts";

const purpose = "probe/client-allow-list";

export interface ClientAllowListReading {
  readonly plain: RegistrationReading;
  readonly compared: RegistrationReading;
  /** `allowList`: two registrations that differ only in the redirect URI, one refused. */
  readonly verdict: "open" | "closed" | "allowList" | "cannotTell";
}

/** Two registrations of our own that differ in one thing, the redirect URI; neither flow is ever completed. */
export function planClientAllowList(
  subject: ProbeSubject & { readonly registrationEndpoint: string },
  comparedRedirectUri: string,
): ProbePlan {
  const register = (who: string, redirectUri: string) =>
    registrationRequest(subject, `${purpose}/${who}`, { redirectUris: [redirectUri] });
  return planOf(
    "client-allow-list",
    subject,
    [],
    [register("plain", "https://probe.invalid/callback"), register("compared", comparedRedirectUri)],
  );
}

export function readClientAllowList(exchanges: readonly Exchange[]): ClientAllowListReading | undefined {
  const plain = readRegistration(exchanges, `${purpose}/plain`);
  const compared = readRegistration(exchanges, `${purpose}/compared`);
  if (!plain || !compared) return undefined;
  return { plain, compared, verdict: verdictOf(plain, compared) };
}

function verdictOf(plain: RegistrationReading, compared: RegistrationReading): ClientAllowListReading["verdict"] {
  if (plain.isAccepted && compared.isAccepted) return "open";
  if (!plain.isAccepted && compared.isAccepted && plain.status >= 400 && plain.status < 500) return "allowList";
  const isRefusal = ({ status }: RegistrationReading) => status === 401 || status === 403;
  return isRefusal(plain) && isRefusal(compared) ? "closed" : "cannotTell";
}
