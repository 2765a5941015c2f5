/** Length of the windows by which encodings are looked up; shorter values are not searched for. */
export const windowLength = 10;
/** Characters of a value that are encoded to see where one of its encodings may begin. */
const startLength = 16;

/** Every form in which a value could stand in a text, at least `windowLength` long. */
export function encodingsOf(value: string): string[] {
  const percent = encodeURIComponent(value.toWellFormed());
  const bytes = String.fromCharCode(...new TextEncoder().encode(value));
  let hex = "";
  for (let index = 0; index < bytes.length; index += 1) hex += hexDigits[bytes.charCodeAt(index)];
  const json = JSON.stringify(value).slice(1, -1);
  const html = value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  const base64 = [0, 1, 2].map((phase) => base64At(bytes, phase));
  const all = [
    value,
    percent,
    lowerEscapes(percent),
    encodeURIComponent(percent),
    hex.replace(/../g, "%$&"),
    json,
    JSON.stringify(json).slice(1, -1),
    [...value].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
    html,
    html.replaceAll("&#38;", "&amp;").replaceAll("&#60;", "&lt;").replaceAll("&#34;", "&quot;"),
    ...base64,
    ...base64.map((one) => one.replaceAll("+", "-").replaceAll("/", "_")),
    hex,
    hex.toUpperCase(),
    reverse(value),
  ];
  return all.filter((one) => one.length >= windowLength);
}

/** What the encodings of a value begin with, each at least `windowLength` long and none twice. */
export function startsOf(value: string): readonly string[] {
  const end = isHighSurrogate(value.charCodeAt(startLength - 1)) ? startLength - 1 : startLength;
  return [...new Set([...encodingsOf(value.slice(0, end)), reverse(value).slice(0, windowLength)])];
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

const hexDigits: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const reverse = (value: string): string => [...value].reverse().join("");

/** Base64 of the bytes behind `phase` unknown ones, without the characters that those or what follows would change. */
function base64At(bytes: string, phase: number): string {
  const encoded = btoa("\0".repeat(phase) + bytes).replace(/=+$/, "");
  const cut = Math.ceil((phase * 8) / 6);
  const whole = Math.floor(((phase + bytes.length) * 8) / 6);
  return encoded.slice(cut, whole);
}

const lowerEscapes = (percent: string): string => percent.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());
