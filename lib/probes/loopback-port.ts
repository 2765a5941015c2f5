import type { Exchange } from "@/lib/exchange/exchange.ts";
import { type Draw, drawsOf, isRefusal } from "./answers.ts";
import { authorizationProbe, probeRedirectUri } from "./oracles.ts";
import { type ProbePlan, type ProbeSubject, planOf, type Random } from "./probe.ts";
import { type RegistrationReading, readRegistration, registrationRequest } from "./registration.ts";

const registered = "http://127.0.0.1:41111/callback";
const otherPort = "http://127.0.0.1:42222/callback";
const otherName = "http://localhost:41111/callback";
const purpose = "probe/loopback-port";

export interface LoopbackReading {
  readonly registration: RegistrationReading;
  /** RFC 8252 §7.3: the server MUST allow any port at the time of the request. */
  readonly port: "free" | "exact" | "cannotTell";
  /** Refusing `localhost` for a registered `127.0.0.1` is correct; said because clients mix the two. */
  readonly isNameInterchangeable?: boolean;
  readonly says: string;
  readonly exchangeId: string;
}

export const planLoopbackRegistration = (
  subject: ProbeSubject & { readonly registrationEndpoint: string },
): ProbePlan =>
  planOf(
    "loopback-port",
    subject,
    [],
    [registrationRequest(subject, `${purpose}/register`, { redirectUris: [registered] })],
  );

/** The registered port, another one, `localhost`, and a URI that is certainly not registered. */
export function planLoopbackDraws(subject: ProbeSubject, clientId: string, random: Random): ProbePlan {
  const ask = (who: string, redirectUri: string) =>
    authorizationProbe(subject, `${purpose}/${who}`, { clientId, redirectUri }, random);
  return planOf("loopback-port", subject, [
    ask("same", registered),
    ask("port", otherPort),
    ask("name", otherName),
    ask("control", probeRedirectUri),
  ]);
}

export function readLoopback(exchanges: readonly Exchange[]): LoopbackReading | undefined {
  const registration = readRegistration(exchanges, `${purpose}/register`);
  if (!registration) return undefined;
  const [same, port, name, control] = ["same", "port", "name", "control"].map(
    (who) => drawsOf(exchanges, `${purpose}/${who}`)[0],
  );
  const isUsable =
    same !== undefined && control !== undefined && same.signature !== control.signature && isRefusal(control);
  return {
    registration,
    port:
      !isUsable || !port
        ? "cannotTell"
        : likeControl(port, control)
          ? "exact"
          : likeSame(port, same)
            ? "free"
            : "cannotTell",
    ...(isUsable && name && { isNameInterchangeable: likeSame(name, same) }),
    says: port?.says ?? registration.says,
    exchangeId: port?.exchangeId ?? registration.exchangeId,
  };
}

const likeControl = (draw: Draw, control: Draw) => draw.signature === control.signature;
const likeSame = (draw: Draw, same: Draw) => draw.status > 0 && !isRefusal(draw) && !isRefusal(same);
