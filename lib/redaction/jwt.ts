import type { Fingerprint } from "@/lib/exchange/observation.ts";
import { parseJwt } from "@/lib/oauth/jwt.ts";
import { isAlgorithm, isClientId } from "@/lib/oauth/parameters.ts";
import { isAbsolute } from "./address.ts";
import { isOrdinary } from "./shape.ts";

type Clear = string | number | readonly string[];

/** Header and claims that say who issued a token, for whom and until when; never who it is about, nor the signature. */
export function redactJwt(
  value: string,
  redaction: { readonly fingerprint: (value: string) => Fingerprint; readonly shown: (value: string) => void },
  redactIssuer: (issuer: string) => string,
): Record<string, Clear> | undefined {
  const jwt = parseJwt(value);
  if (!jwt) return undefined;
  const kept: Record<string, Clear> = {};
  const keep = (name: string, item: Clear | undefined): void => {
    if (item === undefined) return;
    kept[name] = item;
    for (const text of [item].flat()) redaction.shown(String(text));
  };
  const name = (item: unknown): string | undefined => {
    if (typeof item !== "string") return undefined;
    if (isAbsolute(item)) return redactIssuer(item);
    return isClientId(item) && item.length <= 128 ? item : undefined;
  };
  const { header, claims = {} } = jwt;
  keep("alg", typeof header.alg === "string" && isAlgorithm(header.alg) ? header.alg : undefined);
  keep("typ", ordinary(header.typ));
  keep("iss", name(claims.iss));
  const audience = Array.isArray(claims.aud)
    ? claims.aud.slice(0, 8).flatMap((one) => name(one) ?? [])
    : name(claims.aud);
  keep("aud", audience);
  keep("azp", name(claims.azp));
  keep("acr", ordinary(claims.acr));
  for (const time of ["exp", "iat", "nbf"] as const) keep(time, timestamp(claims[time]));
  if (typeof claims.nonce === "string") kept.nonce = redaction.fingerprint(claims.nonce);
  return kept;
}

const ordinary = (value: unknown): string | undefined =>
  typeof value === "string" && value.length <= 64 && isOrdinary(value) ? value : undefined;

/** Seconds since the epoch (RFC 7519 §2, NumericDate) from 2001 to 2096. */
const timestamp = (value: unknown): number | undefined =>
  typeof value === "number" && value >= 1e9 && value < 4e9 ? Math.floor(value) : undefined;
