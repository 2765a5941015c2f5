import { type Charset, charsets } from "@/lib/exchange/observation.ts";
import { startsLikeSecret } from "@/lib/oauth/parameters.ts";
import { arePronounceable, isPronounceable } from "./letter-pairs.ts";
import { isKnownWord } from "./vocabulary.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const placeholderPattern = `~\\d{1,8}\\.(?:${charsets.join("|")})~`;
const placeholderShape = new RegExp(`^${placeholderPattern}$`);

export const isUuid = (value: string): boolean => uuid.test(value);

/** What stands where a value was: `~<characters>.<charset>~`. */
export const placeholderFor = (value: string): string => `~${value.length}.${charsetOf(value)}~`;
export const isPlaceholder = (value: string): boolean => placeholderShape.test(value);

export function charsetOf(value: string): Charset {
  if (/^\d+$/.test(value)) return "digits";
  if (uuid.test(value)) return "uuid";
  if (/^ey[\w-]+\.[\w-]*\.[\w-]*(?:\.[\w-]*\.[\w-]*)?$/.test(value)) return "jwt";
  if (/^[\p{L} _-]+$/u.test(value) && value.split(/[ _-]/).every((word) => word === "" || isOrdinaryWord(word)))
    return "words";
  if (/^[0-9a-f]+$/i.test(value)) return "hex";
  if (/^[\w-]+={0,2}$/.test(value)) return "base64url";
  if (value.length >= 8 && /^[A-Za-z0-9+/]+={0,2}$/.test(value)) return "base64";
  return "text";
}

/** Estimated bits of a value had a machine drawn it from its charset; text that people write counts for little. */
export function estimateBits(value: string): number {
  const distinct = new Set(value.slice(0, 512)).size;
  const perCharacter = Math.log2(Math.max(distinct, 1));
  switch (charsetOf(value)) {
    case "digits":
      return value.length * Math.min(perCharacter, 3.32);
    case "hex":
    case "uuid":
      return value.length * Math.min(perCharacter, 4);
    case "words":
      return value.length;
    case "text":
      return value.length * Math.min(perCharacter, 1.5);
    default:
      return value.length * Math.min(perCharacter, 5);
  }
}

/**
 * A word that people or programmers write: letters of one case, Capitalised or camelCase, pronounceable. Random letters
 * fail on their mixed case or on runs of consonants.
 */
function isOrdinaryWord(word: string, isConstant = false): boolean {
  if (word === "" || word.length > longestName || !/^\p{L}[\p{L}\p{M}]*$/u.test(word)) return false;
  if (isKnownWord(word)) return true;
  if (!isOneScript(word) || (word.length > 3 && /^[b-df-hj-np-tv-xz]+$/i.test(word))) return false;
  // Codes for people are written in capitals, and of six letters drawn at random half can be pronounced.
  if (!isConstant && word.length > 4 && /^\p{Lu}+$/u.test(word)) return false;
  if (/^(?:\p{Lu}?[^\p{Lu}]+|\p{Lu}+)$/u.test(word))
    return word.length <= (/^[a-z]/.test(word) ? longestLower : longestWord) && isPronounceable(word);
  // camelCase: every hump a word, every run of capitals an acronym (`redirectURIs`, `HTTPResponse`).
  const humps = humpsOf(word);
  const isWord = (hump: string): boolean =>
    hump.length > 3 && hump.length <= longestWord && /\p{Ll}/u.test(hump) && isPronounceable(hump);
  // A programmer's name has a word of ours in it; capitals in the middle are also what a machine draws.
  return (
    humps.length <= 10 &&
    humps.some((hump) => hump.length > 2 && isKnownWord(hump)) &&
    humps.every((hump) => isKnownWord(hump) || isWord(hump))
  );
}

const humpsOf = (word: string): readonly string[] => word.match(/\p{Lu}+(?!\p{Ll})s?|\p{Lu}?[^\p{Lu}]+/gu) ?? [];

/** With a capital, as German compounds have it. */
const longestWord = 24;
/** Longer ones are several words run together. */
const longestLower = 16;
const longestName = 64;
const scripts = ["Latin", "Cyrillic", "Greek", "Hangul", "Arabic", "Hebrew", "Devanagari"].map(
  (script) => new RegExp(`\\p{Script=${script}}`, "u"),
);
const isOneScript = (word: string): boolean => scripts.filter((script) => script.test(word)).length <= 1;

/** A version, a small number, or a word with a small number behind it (`v1beta1`, `oauth2`, `step3`). */
const isNumbered = (part: string): boolean =>
  /^\d{1,3}$/.test(part) ||
  /^v\d{1,2}(?:(?:alpha|beta|rc|p)\d?)?$/i.test(part) ||
  (/^\p{L}+\d{1,2}$/u.test(part) && numberedWords.has(part.replace(/\d+$/, "").toLowerCase()));

/** Passwords end in digits too (`summer24`, `Secret1`): words that have a number behind them in names of programs. */
const numberedWords = new Set(
  (
    "api app auth base callback client code connect core error example field host http idp instance ipv level mcp node oauth oauths oidc option " +
    "page part realm region resource rfc route saml server service sha site sso stage status step sub tenant test tier tls tool type utf " +
    "web"
  ).split(" "),
);

/** So many words in a row that are none of ours read as a pass phrase. */
export const longestUnknown = 3;

const dateVersion = /^v?20\d\d-[01]\d-[0-3]\d(?:-[a-z]{3,10})?$/;
/** User codes (RFC 8628 §6.1) and the like, wherever they stand. */
const capitalCode = /(?<![A-Za-z\d])[A-Z\d]{2,6}(?:-[A-Z\d]{2,6}){1,4}(?![A-Za-z\d])/;
export function hasCapitalCode(value: string): boolean {
  const code = capitalCode.exec(value)?.[0];
  return code !== undefined && !code.split("-").every(isKnownWord);
}

/**
 * An identifier that reads as words: parts joined by `-`, `_`, `.`, `:` or `/`, each an ordinary word, a version or a
 * small number. Everything else may be a token. `allowShortIds`: as in paths, one part may be a short id of
 * a machine (`x9f`), and an abbreviation may stand alone (`mcpm`).
 */
export function isOrdinary(value: string, options: { readonly allowShortIds?: boolean } = {}): boolean {
  if (value.length > 96) return false;
  const found = options.allowShortIds ? foundInPaths : foundAnywhere;
  if (found.has(value)) return true;
  if (!readsAsWords(value, options)) return false;
  if (found.size >= remembered) found.clear();
  found.add(value);
  return true;
}

/** The same words come again in every request and page. Only what stays in clear is remembered. */
const foundAnywhere = new Set<string>();
const foundInPaths = new Set<string>();
const remembered = 4_096;

function readsAsWords(value: string, options: { readonly allowShortIds?: boolean }): boolean {
  if (isKnownWord(value) || dateVersion.test(value)) return true;
  if (options.allowShortIds && /^[a-z]{2,5}$/.test(value)) return true;
  if (startsLikeSecret(value)) return false;
  const plain = value.replace(/[oO]Auth[12]?(?=\p{Lu})|X509(?=\p{Lu})|Saml2(?=\p{Lu})/gu, "");
  if (plain !== value) return plain === "" || isOrdinary(plain, options);
  if (!/^@?[\p{L}\p{M}\d\-_.:/]+$/u.test(value)) return false;
  const parts = value.split(/[-_.:/@]/).filter((part) => part !== "");
  if (parts.length > 12) return false;
  if (hasCapitalCode(value)) return false;
  const isConstant = /^[A-Z]+(?:_[A-Z]+)+$/.test(value);
  let digits = 0;
  let shortIds = 0;
  const unknownWords: string[] = [];
  for (const part of parts) {
    if (isKnownWord(part)) continue;
    if (isOrdinaryWord(part, isConstant)) {
      unknownWords.push(part);
      continue;
    }
    if (!isNumbered(part)) {
      if (!options.allowShortIds || !/^(?=\d*[a-z])(?=[a-z]*\d)[a-z0-9]{2,3}$/.test(part)) return false;
      shortIds += 1;
    }
    digits += part.replace(/\D/g, "").length;
  }
  // Words of which none is ours are a pass phrase as likely as a name.
  if (unknownWords.length >= longestUnknown && unknownWords.length === parts.length) return false;
  // A number or id tied to a word is as likely a password (`Plume_27`, `Welcome-Tiger-37`) or a user code.
  if (unknownWords.length > 0 && shortIds > 0) return false;
  if (unknownWords.length > 1 && parts.every((part) => /^\d+$/.test(part) || unknownWords.includes(part)) && digits > 0)
    return false;
  if (unknownWords.length > 1 && !arePronounceable(unknownWords)) return false;
  for (const [, word = ""] of value.matchAll(/(\p{L}*)[_-]\d{2,3}(?!\d|\.\d)/gu))
    if (!numberedWords.has(word.toLowerCase())) return false;
  return shortIds <= 1 && digits <= 4 + shortIds && !/\d{4}/.test(value);
}

/** As `isOrdinary`, and every part a word of ours: for names that may as well be values. */
export const isFamiliar = (name: string): boolean =>
  name.length <= 48 &&
  name.split(/[-_.]/).every((part) => part === "" || isKnownWord(part) || humpsOf(part).every(isKnownWord));

/** A word of ours stands in it, whole or as a hump. */
export const isNamed = (name: string): boolean =>
  name
    .split(/[-_.:/\d]/)
    .some(
      (part) =>
        part !== "" && (isKnownWord(part) || humpsOf(part).some((hump) => hump.length > 2 && isKnownWord(hump))),
    );

/** A name that a program gave: short and made of words. */
export const isIdentifier = (name: string): boolean =>
  name.length <= 48 && /^[A-Za-z_$.\-@][\w.\-:[\]$@]*$/.test(name) && isOrdinary(name.replace(/[[\]]/g, "."));

/** Name of a rung or probe of ours (`known-client/control`); in an imported file it may be anything. */
export const isPurpose = (purpose: string): boolean => /^[a-z0-9/._-]{1,80}$/.test(purpose) && isOrdinary(purpose);

const methods = new Set("GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH QUERY PROPFIND REPORT SEARCH".split(" "));

/** RFC 9110 §9 allows any token; one that is no method here may be anything. */
export const redactMethod = (method: string): string => (methods.has(method.toUpperCase()) ? method : "OTHER");
