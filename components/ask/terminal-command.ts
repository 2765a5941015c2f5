import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { checkUrlOf } from "@/lib/report/pairs.ts";

/** The same question from a terminal; undefined when the server's address is not known. */
export function terminalCommand(report: FlowReport): string | undefined {
  const { request } = report.facts;
  const url = checkUrlOf(report);
  if (request.status !== "observed" || request.value.clientId === undefined || url === undefined) return undefined;
  return `npm run --silent hopscope -- check ${quote(url)} --client-id ${quote(request.value.clientId)}`;
}

/** For a POSIX shell: nothing between single quotes is expanded. */
const quote = (text: string): string => (/^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
