/** One challenge of a `WWW-Authenticate` field (RFC 9110 §11.6.1). */
export interface Challenge {
  /** As sent; compare it case-insensitively. */
  readonly scheme: string;
  readonly token68?: string;
  /** In order; names lower-case, duplicates kept. */
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
}

export interface ParsedChallenges {
  readonly challenges: readonly Challenge[];
  /** What could not be read; the challenges before it are still there. */
  readonly problems: readonly string[];
}

const longestField = 16_384;
const isTokenCharacter = (character: string): boolean => /[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(character);
const isToken68Character = (character: string): boolean => /[A-Za-z0-9\-._~+/=]/.test(character);
const isSpace = (character: string): boolean => character === " " || character === "\t";

class Scanner {
  readonly text: string;
  position = 0;
  constructor(text: string) {
    this.text = text;
  }
  get character(): string {
    return this.text.charAt(this.position);
  }
  take(accepts: (character: string) => boolean): string {
    const start = this.position;
    while (this.position < this.text.length && accepts(this.character)) this.position += 1;
    return this.text.slice(start, this.position);
  }
  /** A quoted-string with its backslash escapes undone; `undefined` when the closing quote is missing. */
  quoted(): string | undefined {
    const pieces: string[] = [];
    this.position += 1;
    while (this.position < this.text.length) {
      const character = this.character;
      if (character === '"') {
        this.position += 1;
        return pieces.join("");
      }
      if (character === "\\") this.position += 1;
      pieces.push(this.character);
      this.position += 1;
    }
    return undefined;
  }
}

interface OpenChallenge {
  scheme: string;
  token68?: string;
  parameters: { name: string; value: string }[];
}

/**
 * Reads the challenges of one `WWW-Authenticate` field value, several challenges and several parameters sharing the comma.
 * Tolerant: what follows something unreadable up to the next comma is skipped and named in `problems`. One pass over at
 * most 16,384 characters; never throws.
 * @see RFC 9110 §11.6.1, RFC 9728 §5.1, RFC 6750 §3
 */
export function parseChallenges(field: string): ParsedChallenges {
  const problems: string[] = field.length > longestField ? [`only the first ${longestField} characters were read`] : [];
  const scanner = new Scanner(field.slice(0, longestField));
  const challenges: OpenChallenge[] = [];
  while (scanner.position < scanner.text.length) {
    scanner.take((character) => isSpace(character) || character === ",");
    if (scanner.position >= scanner.text.length) break;
    const word = scanner.take(isTokenCharacter);
    if (word === "") {
      problems.push(`unexpected "${scanner.character}" at character ${scanner.position + 1}`);
      scanner.take((character) => character !== ",");
      continue;
    }
    const spaces = scanner.take(isSpace);
    const current = challenges.at(-1);
    if (scanner.character === "=" && current !== undefined) readParameter(scanner, word, current, problems);
    else readScheme(scanner, word, spaces, challenges, problems);
  }
  return { challenges, problems };
}

function readScheme(
  scanner: Scanner,
  scheme: string,
  spaces: string,
  challenges: OpenChallenge[],
  problems: string[],
): void {
  const challenge: OpenChallenge = { scheme, parameters: [] };
  challenges.push(challenge);
  if (spaces === "" || scanner.character === "," || scanner.character === "") return;
  const start = scanner.position;
  const name = scanner.take(isTokenCharacter);
  scanner.take(isSpace);
  if (name !== "" && scanner.character === "=") {
    const afterEquals = scanner.text.charAt(scanner.position + 1);
    // `abc==` and `abc=` at the end are padding of a token68, not a parameter without a value.
    if (afterEquals !== "=" && afterEquals !== "" && afterEquals !== ",") {
      readParameter(scanner, name, challenge, problems);
      return;
    }
  }
  scanner.position = start;
  const token68 = scanner.take(isToken68Character);
  if (token68 !== "") challenge.token68 = token68;
  const rest = scanner.take((character) => character !== ",");
  if (rest.trim() !== "") problems.push(`unreadable text after the scheme ${scheme}`);
}

function readParameter(scanner: Scanner, name: string, challenge: OpenChallenge, problems: string[]): void {
  scanner.position += 1;
  scanner.take(isSpace);
  if (scanner.character === '"') {
    const value = scanner.quoted();
    if (value === undefined) problems.push(`the quoted value of ${name} does not end`);
    else challenge.parameters.push({ name: name.toLowerCase(), value });
  } else {
    // URLs are often sent without the quotes they need: everything up to the comma or space is taken as meant.
    const value = scanner.take((character) => character !== "," && !isSpace(character));
    if ([...value].some((character) => !isTokenCharacter(character)))
      problems.push(`the value of ${name} needs quotes`);
    challenge.parameters.push({ name: name.toLowerCase(), value });
  }
  scanner.take(isSpace);
  // Parameters separated by spaces instead of commas are a common mistake that most clients read all the same.
  if (scanner.character !== "," && scanner.character !== "") {
    problems.push(`the parameter after ${name} is not separated by a comma`);
  }
}

/** The first value of a parameter of the first challenge of this scheme that has it. */
export function challengeParameter(parsed: ParsedChallenges, scheme: string, name: string): string | undefined {
  return parsed.challenges
    .filter((challenge) => challenge.scheme.toLowerCase() === scheme.toLowerCase())
    .flatMap((challenge) => challenge.parameters)
    .find((parameter) => parameter.name === name)?.value;
}
