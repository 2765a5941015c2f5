import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";

/** The same question from a terminal; undefined when the server's address is not known. */
export function terminalCommand({ facts }: FlowReport): string | undefined {
  const { request, metadata } = facts;
  if (request.status !== "observed" || request.value.clientId === undefined) return undefined;
  const { scheme, host } = request.value.url;
  const issuer = metadata.status === "observed" ? metadata.value.server?.document?.issuer : undefined;
  const url = typeof issuer === "string" ? issuer : `${scheme}://${host}/`;
  return `npm run --silent hopscope -- check ${quote(url)} --client-id ${quote(request.value.clientId)}`;
}

/** For a POSIX shell: nothing between single quotes is expanded. */
const quote = (text: string): string => (/^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
