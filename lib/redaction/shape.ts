import { type Charset, charsets } from "@/lib/exchange/observation.ts";
import { startsLikeSecret } from "@/lib/oauth/parameters.ts";
import { isPronounceable } from "./letter-pairs.ts";
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
function isOrdinaryWord(word: string): boolean {
  if (word === "" || word.length > longestName || !/^\p{L}[\p{L}\p{M}]*$/u.test(word)) return false;
  if (isKnownWord(word)) return true;
  if (!isOneScript(word) || (word.length > 3 && /^[b-df-hj-np-tv-xz]+$/i.test(word))) return false;
  if (/^(?:\p{Lu}?[^\p{Lu}]+|\p{Lu}+)$/u.test(word)) return word.length <= longestWord && isPronounceable(word);
  // camelCase: every hump a word, every run of capitals an acronym (`redirectURIs`, `HTTPResponse`).
  const humps = word.match(/\p{Lu}+(?!\p{Ll})s?|\p{Lu}?[^\p{Lu}]+/gu) ?? [];
  const isWord = (hump: string): boolean => hump.length > 3 && hump.length <= longestWord && isPronounceable(hump);
  return humps.length <= 10 && humps.every((hump) => isKnownWord(hump) || isWord(hump));
}

const longestWord = 24;
const longestName = 64;
const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
const isOneScript = (word: string): boolean => scripts.filter((script) => script.test(word)).length <= 1;

/** A version, a small number, or a word with a small number behind it (`v1beta1`, `oauth2`, `step3`). */
const isNumbered = (part: string): boolean =>
  /^\d{1,3}$/.test(part) ||
  /^v\d{1,3}(?:(?:alpha|beta|rc|p)\d{0,2})?$/i.test(part) ||
  (/^\p{L}+\d{1,2}$/u.test(part) && isNumberedWord(part.replace(/\d+$/, "")));

/** Passwords end in digits too (`summer24`), so the word must be one of ours. */
const isNumberedWord = (word: string): boolean => isKnownWord(word) && word.length > 1;

const dateVersion = /^v?20\d\d-[01]\d-[0-3]\d(?:-[a-z]{3,10})?$/;
/** User codes (RFC 8628 §6.1) and the like. */
const capitalCode = /^[A-Z0-9]{2,6}(?:-[A-Z0-9]{2,6}){1,4}$/;

/**
 * An identifier that reads as words: parts joined by `-`, `_`, `.`, `:` or `/`, each an ordinary word, a version or a
 * small number. Everything else may be a token. `allowShortIds`: as in paths, one part may be a short id of
 * a machine (`7f3a2b`), and an abbreviation may stand alone (`mcpm`).
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
  if (capitalCode.test(value) && !parts.every(isKnownWord)) return false;
  let digits = 0;
  let shortIds = 0;
  let unknownWords = 0;
  for (const part of parts) {
    if (isKnownWord(part)) continue;
    if (isOrdinaryWord(part)) {
      unknownWords += 1;
      continue;
    }
    if (!isNumbered(part)) {
      if (!options.allowShortIds || !/^(?=\d*[a-z])(?=[a-z]*\d)[a-z0-9]{2,6}$/.test(part)) return false;
      shortIds += 1;
    }
    digits += part.replace(/\D/g, "").length;
  }
  // A number or id tied to a word that is none of ours is as likely a password (`Plume_27`) or a user code.
  if (unknownWords > 0 && (shortIds > 0 || /[_-]\d{2,3}(?![\d.])/.test(value))) return false;
  return shortIds <= 1 && digits <= 4 + shortIds && !/\d{4}/.test(value);
}

/** A name that a program gave: short and made of words. */
export const isIdentifier = (name: string): boolean =>
  name.length <= 48 && /^[A-Za-z_$.\-@][\w.\-:[\]$@]*$/.test(name) && isOrdinary(name.replace(/[[\]]/g, "."));

/** Name of a rung or probe of ours (`known-client/control`); in an imported file it may be anything. */
export const isPurpose = (purpose: string): boolean => /^[a-z0-9/._-]{1,80}$/.test(purpose) && isOrdinary(purpose);
