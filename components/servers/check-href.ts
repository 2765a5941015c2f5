import type { Pair } from "@/lib/report/pairs.ts";

/** The check of this server with the public fields filled in; undefined when no address of it is known. */
export function checkHref({ checkUrl, clientId }: Pair): string | undefined {
  if (checkUrl === undefined) return undefined;
  const fields = new URLSearchParams({ url: checkUrl, ...(clientId !== undefined && { client_id: clientId }) });
  return `#/check?${fields}`;
}
