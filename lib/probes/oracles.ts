import { deriveS256Challenge } from "@/lib/oauth/pkce.ts";
import type { ProbeRequest, ProbeSubject, Random } from "./probe.ts";

/** Nobody has registered it, and by RFC 6761 §6.4 it resolves nowhere. */
export const probeRedirectUri = "https://probe.invalid/hopscope";

/** A client ID metadata document that nobody can fetch; on another host, so that an answer shows which of the two it quotes. */
export const documentNobodyHas = (random: Random): string => `https://client.invalid/${random()}`;

const accept = { name: "accept", value: "application/json" };

/**
 * The redirect oracle: the attempt's own request with another `redirect_uri`. A server that knows the client complains about
 * the redirect URI, one that does not about the client; neither may redirect (RFC 6749 §4.1.2.1), so nothing is started. All other
 * parameters are sent along, since several servers look at them before they look the client up.
 */
export function authorizationProbe(
  subject: ProbeSubject,
  purpose: string,
  change: { readonly clientId?: string; readonly redirectUri?: string; readonly withoutChallenge?: true },
  random: Random,
): ProbeRequest {
  const url = new URL(subject.authorizationEndpoint);
  for (const { name, value } of subject.parameters) url.searchParams.append(name, value);
  const clientId = change.clientId ?? subject.clientId;
  if (clientId !== undefined) url.searchParams.set("client_id", clientId);
  url.searchParams.set("redirect_uri", change.redirectUri ?? probeRedirectUri);
  if (subject.hasState) url.searchParams.set("state", random());
  if (subject.hasNonce) url.searchParams.set("nonce", random());
  if (subject.hasCodeChallenge && !change.withoutChallenge) {
    url.searchParams.set("code_challenge", deriveS256Challenge(random()));
    url.searchParams.set("code_challenge_method", "S256");
  }
  return { purpose, method: "GET", url: url.href, headers: [accept] };
}

/**
 * The token oracle: a token request with a code that never existed. `invalid_grant` means that the answering process knows the
 * client; `invalid_client` that it does not, or that the client has a secret, which only the control tells apart.
 * @see RFC 6749 §5.2
 */
export function tokenProbe(
  subject: ProbeSubject & { readonly tokenEndpoint: string },
  purpose: string,
  clientId: string,
  random: Random,
): ProbeRequest {
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    code: `probe-${random()}`,
    client_id: clientId,
    code_verifier: random(),
    redirect_uri: subject.redirectUri ?? probeRedirectUri,
  });
  return {
    purpose,
    method: "POST",
    url: subject.tokenEndpoint,
    headers: [accept],
    body: { mimeType: "application/x-www-form-urlencoded", text: body.toString() },
  };
}

const alphabets = ["0123456789", "abcdef", "ghijklmnopqrstuvwxyz", "ABCDEF", "GHIJKLMNOPQRSTUVWXYZ"];
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An id in the shape of the suspect's, so that a check of its form alone does not tell the two apart. */
export function controlIdFor(clientId: string, random: Random): string {
  if (clientId.startsWith("https://")) return documentNobodyHas(random);
  let noise = random();
  const isUuid = uuid.test(clientId);
  return [...clientId]
    .map((character, index) => {
      const alphabet = alphabets.find((letters) => letters.includes(character));
      // Version and variant of a UUID stay (RFC 9562 §4).
      if (alphabet === undefined || (isUuid && (index === 14 || index === 19))) return character;
      if (noise.length === 0) noise = random();
      const drawn = alphabet.charAt(noise.charCodeAt(0) % alphabet.length);
      noise = noise.slice(1);
      return drawn;
    })
    .join("");
}
