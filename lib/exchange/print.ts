import type { Parameter, RedactedUrl, RedactedValue } from "./observation.ts";

/** How a replaced value is printed; reports pass ordinals (`lib/trace/labels`), the default says only what it measures. */
export type PrintParameter = (parameter: Parameter) => string;

export function measure(value: Extract<RedactedValue, { kind: "secret" }>): string {
  return `${value.length} ${value.length === 1 ? "character" : "characters"}, ${value.charset}`;
}

const printMeasured: PrintParameter = ({ value }) =>
  value.kind === "clear" ? value.value : value.kind === "url" ? printUrl(value.url) : `‹${measure(value)}›`;

/** Scheme, host and path as sent: what redirect URI and endpoint comparisons look at. */
export function printLocation(url: RedactedUrl): string {
  return url.host === "" ? `${url.scheme}:${url.path}` : `${url.scheme}://${url.host}${url.path}`;
}

/** The whole URL with every replaced value printed by `print`. */
export function printUrl(url: RedactedUrl, print: PrintParameter = printMeasured): string {
  const list = (place: Parameter["place"]) =>
    url.parameters
      .filter((parameter) => parameter.place === place)
      .map((parameter) => `${parameter.name}=${print(parameter)}`)
      .join("&");
  const query = list("query");
  const fragment = list("fragment");
  return `${printLocation(url)}${query && `?${query}`}${fragment && `#${fragment}`}`;
}

/** `https://host:port` as sent in lower case, the unit in which tabs, initiators and servers are compared. */
export const originOf = (url: RedactedUrl): string => `${url.scheme}://${url.host.toLowerCase()}`;

/** The first parameter of that name, from the query or fragment. */
export const findParameter = (url: RedactedUrl, name: string): Parameter | undefined =>
  url.parameters.find((parameter) => parameter.name === name);

/** The text of a value that passed its allow-list; undefined for replaced ones. */
export function clearText(parameter: Parameter | undefined): string | undefined {
  if (parameter?.value.kind === "clear") return parameter.value.value;
  return parameter?.value.kind === "url" ? printUrl(parameter.value.url) : undefined;
}

/** What kept an answer away: the network's own code, or in words that Hopscope itself did not ask or did not use the answer. */
export function printError(error: string): string {
  if (!isOwnRefusal(error)) return error;
  return error === "refused:address-unknown" ? "answer discarded" : "not asked";
}

/** Says only that the browser stopped (the person went elsewhere, another program took over), in Chromium's and Firefox's words. */
export const isAborted = (error: string): boolean => /^(?:net::ERR_|NS_BINDING_)ABORTED$|^NS_ERROR_ABORT$/.test(error);

/** Nothing failed: Hopscope refuses to ask some places (see `lib/discovery/ask.ts`). */
export const isOwnRefusal = (error: string): boolean => error.startsWith("refused:");
