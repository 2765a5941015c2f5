import { type Fingerprint, fingerprintSchema } from "@/lib/exchange/observation.ts";
import { parseJwt } from "@/lib/oauth/jwt.ts";
import { isAlgorithm, isClientId } from "@/lib/oauth/parameters.ts";
import { isAbsolute } from "./address.ts";
import { isOrdinary } from "./shape.ts";

type Claims = Record<string, string | number | string[]>;

/** Header and claims that say who issued a token, for whom and until when; never who it is about, nor the signature. */
export function redactJwt(
  value: string,
  redaction: { readonly fingerprint: (value: string) => Fingerprint; readonly shown: (value: string) => void },
  redactIssuer: (issuer: string) => string,
): Claims | undefined {
  const jwt = parseJwt(value);
  if (!jwt) return undefined;
  const { header, claims = {} } = jwt;
  const kept = keepClaims({ ...claims, alg: header.alg, typ: header.typ }, redactIssuer);
  for (const item of Object.values(kept).flat()) redaction.shown(String(item));
  if (typeof claims.nonce === "string") kept.nonce = redaction.fingerprint(claims.nonce);
  return kept;
}

/** The same allow-list over what `redactJwt` once kept. */
export function rereadClaims(
  stored: Readonly<Record<string, unknown>>,
  redactIssuer: (issuer: string) => string,
): Claims {
  const kept = keepClaims(stored, redactIssuer);
  const nonce = fingerprintSchema.safeParse(stored.nonce);
  if (nonce.success) kept.nonce = nonce.data;
  return kept;
}

function keepClaims(claims: Readonly<Record<string, unknown>>, redactIssuer: (issuer: string) => string): Claims {
  const name = (item: unknown): string | undefined => {
    if (typeof item !== "string") return undefined;
    if (isAbsolute(item)) return redactIssuer(item);
    return isClientId(item) && item.length <= 128 ? item : undefined;
  };
  const audience = Array.isArray(claims.aud)
    ? claims.aud.slice(0, 8).flatMap((one: unknown) => name(one) ?? [])
    : name(claims.aud);
  const all: Readonly<Record<string, string | number | string[] | undefined>> = {
    alg: typeof claims.alg === "string" && isAlgorithm(claims.alg) ? claims.alg : undefined,
    typ: ordinary(claims.typ),
    iss: name(claims.iss),
    aud: audience,
    azp: name(claims.azp),
    acr: ordinary(claims.acr),
    exp: timestamp(claims.exp),
    iat: timestamp(claims.iat),
    nbf: timestamp(claims.nbf),
    error: ordinary(claims.error),
    carries: carriedBy(claims),
  };
  const kept: Claims = {};
  for (const [claim, item] of Object.entries(all)) if (item !== undefined) kept[claim] = item;
  return kept;
}

/** What a signed authorization response brings, by name (JARM §2.1). */
function carriedBy(claims: Readonly<Record<string, unknown>>): string[] | undefined {
  const before: unknown[] = Array.isArray(claims.carries) ? claims.carries : [];
  const names = ["code", "access_token", "id_token"].filter(
    (name) => typeof claims[name] === "string" || before.includes(name),
  );
  return names.length > 0 ? names : undefined;
}

const ordinary = (value: unknown): string | undefined =>
  typeof value === "string" && value.length <= 64 && isOrdinary(value) ? value : undefined;

/** Seconds since the epoch (RFC 7519 §2, NumericDate) from 2001 to 2096. */
const timestamp = (value: unknown): number | undefined =>
  typeof value === "number" && value >= 1e9 && value < 4e9 ? Math.floor(value) : undefined;
