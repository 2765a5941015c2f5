import type { Exchange } from "@/lib/exchange/exchange.ts";
import { type Draw, drawsOf, isRefusal } from "./answers.ts";
import { authorizationProbe } from "./oracles.ts";
import { type ProbePlan, type ProbeSubject, planOf, type Random } from "./probe.ts";

export interface RedirectUriReading {
  readonly redirectUri: string;
  readonly verdict: "accepted" | "refused" | "cannotTell";
  readonly says: string;
  readonly exchangeId: string;
}

/** Asks with each redirect URI in turn, beside one that nobody can have registered. */
export function planRedirectUris(subject: ProbeSubject, redirectUris: readonly string[], random: Random): ProbePlan {
  return planOf("redirect-allow-list", subject, [
    authorizationProbe(subject, "probe/redirect-allow-list/control", {}, random),
    ...redirectUris.map((redirectUri, index) =>
      authorizationProbe(subject, `probe/redirect-allow-list/${index}`, { redirectUri }, random),
    ),
  ]);
}

export function readRedirectUris(exchanges: readonly Exchange[]): readonly RedirectUriReading[] {
  const [control] = drawsOf(exchanges, "probe/redirect-allow-list/control");
  return exchanges.flatMap((exchange) => {
    const asked = exchange.url.parameters.find(({ name }) => name === "redirect_uri")?.value;
    if (!/^probe\/redirect-allow-list\/\d+$/.test(exchange.purpose ?? "") || asked?.kind !== "url") return [];
    const [draw] = drawsOf([exchange], exchange.purpose ?? "");
    if (!draw) return [];
    const { scheme, host, path } = asked.url;
    const redirectUri = host === "" ? `${scheme}:${path}` : `${scheme}://${host}${path}`;
    return [{ redirectUri, verdict: verdictOf(draw, control), says: draw.says, exchangeId: exchange.id }];
  });
}

/** Refused like the control means not registered; a login page or a redirect means that validation was passed. */
function verdictOf(draw: Draw, control: Draw | undefined): RedirectUriReading["verdict"] {
  if (!control || !isRefusal(control)) return "cannotTell";
  if (draw.signature === control.signature) return "refused";
  return draw.status >= 200 && !isRefusal(draw) ? "accepted" : "cannotTell";
}
