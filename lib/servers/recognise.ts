import type { Fingerprint, Server } from "./server.ts";

/** What is known of an authorization server without asking it. */
export interface ServerSignals {
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly headers?: readonly { readonly name: string; readonly value: string }[] | undefined;
  /** Host, with or without port. */
  readonly hosts?: readonly string[] | undefined;
  readonly paths?: readonly string[] | undefined;
  readonly cookies?: readonly string[] | undefined;
  /** Ids from `recognisePage`. */
  readonly pages?: readonly string[] | undefined;
}

/** The product whose fingerprints weigh most, when they reach 1; undefined when none does or two weigh the same. */
export function recogniseAmong(
  servers: readonly Server[],
  signals: ServerSignals,
): { id: string; name: string } | undefined {
  const named = { ...signals, hosts: signals.hosts?.map(withoutPort) };
  let best: Server | undefined;
  let weight = 0;
  let isTied = false;
  for (const server of servers) {
    const own = server.fingerprints.reduce((sum, print) => sum + (isShown(print, named) ? print.weight : 0), 0);
    const total = own + (signals.pages?.includes(server.id) ? 1 : 0);
    if (total > weight) {
      best = server;
      weight = total;
      isTied = false;
    } else if (total === weight) isTied = true;
  }
  return best && weight >= 1 && !isTied ? { id: best.id, name: best.name } : undefined;
}

function isShown(print: Fingerprint, signals: ServerSignals): boolean {
  switch (print.in) {
    case "metadata":
      return isInMetadata(signals.metadata, print.field, print.includes);
    case "header":
      return (signals.headers ?? []).some(
        ({ name, value }) => name.toLowerCase() === print.name.toLowerCase() && includes(value, print.includes),
      );
    case "path":
      return (signals.paths ?? []).some((path) => includes(path, print.includes));
    case "host":
      return (signals.hosts ?? []).some((host) => isHostUnder(host, print.endsWith));
    case "cookie":
      return (signals.cookies ?? []).some((name) => name.startsWith(print.prefix));
    case "page":
      return false;
  }
}

function isInMetadata(
  metadata: Readonly<Record<string, unknown>> | undefined,
  field: string,
  part: string | undefined,
): boolean {
  if (!metadata || !Object.hasOwn(metadata, field)) return false;
  const value = metadata[field];
  if (part === undefined) return value !== undefined && value !== null;
  return (Array.isArray(value) ? value : [value]).some(
    (each) => (typeof each === "string" || typeof each === "boolean") && includes(String(each), part),
  );
}

const includes = (value: string, part: string | undefined): boolean =>
  part === undefined || value.toLowerCase().includes(part.toLowerCase());

const withoutPort = (host: string): string => host.toLowerCase().replace(/:\d+$/, "");

function isHostUnder(name: string, domain: string): boolean {
  return name === domain || name.endsWith(domain.startsWith(".") ? domain : `.${domain}`);
}
