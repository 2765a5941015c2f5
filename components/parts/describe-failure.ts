const stackLines = 12;

/**
 * What went wrong inside Hopscope, without values: quoted strings, addresses and long tokens of the message are
 * measured only, and stack lines keep the name of the function and the place in our own files.
 */
export function describeFailure(error: unknown, componentStack: string, version: string): string {
  const { name, message, stack } =
    error instanceof Error ? error : { name: typeof error, message: String(error), stack: undefined };
  const frames = [...linesOf(stack), ...linesOf(componentStack)].slice(0, stackLines);
  return [`Hopscope ${version}`, `${name}: ${withoutValues(message)}`, ...frames].join("\n");
}

function withoutValues(message: string): string {
  return message
    .slice(0, 500)
    .replace(/"[^"]*"|'[^']*'|`[^`]*`/g, (quoted) => `‹${quoted.length - 2} characters›`)
    .replace(/[a-z][a-z0-9+.-]*:\/\/\S+/gi, (url) => `‹address, ${url.length} characters›`)
    .replace(/\S*@\S*/g, (address) => `‹${address.length} characters›`)
    .replace(/[\w.~+/=%-]{16,}/g, (token) => (/\d/.test(token) ? `‹${token.length} characters›` : token));
}

function linesOf(stack: string | undefined): string[] {
  const lines: string[] = [];
  for (const line of (stack ?? "").split("\n")) {
    const frame = /^\s*at (?:async )?([\w.$<>]+)/.exec(line);
    if (!frame) continue;
    const place = /([\w-]+\.[jt]sx?)(?:\?[^:)]*)?(:\d+:\d+)/.exec(line);
    lines.push(`  at ${frame[1]}${place ? ` (${place[1]}${place[2]})` : ""}`);
  }
  return lines;
}
