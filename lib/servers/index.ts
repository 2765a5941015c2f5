import { servers } from "./data/index.ts";
import { createMatcher, type FoundMessage, type Matcher } from "./matcher.ts";
import { recogniseAmong, type ServerSignals } from "./recognise.ts";
import type { MessagePlace, Remedy, Server } from "./server.ts";

export { servers };

let built: Matcher | undefined;
/** Built on first use: a worker that never meets an error page never pays for it. */
function matcher(): Matcher {
  built ??= createMatcher(servers);
  return built;
}

export const findServer = (id: string): Server | undefined => servers.find((server) => server.id === id);

/**
 * Every message of a known product and every statement of the lexicon in a text, best first. Linear in the text;
 * `where` leaves out the templates of other places.
 */
export const matchMessages = (text: string, options: { readonly where?: MessagePlace }): readonly FoundMessage[] =>
  matcher().matchMessages(text, options);

/** Ids of the products whose page fingerprints weigh 1 or more in this page. */
export const recognisePage = (page: { readonly text: string; readonly title: string }): readonly string[] =>
  matcher().recognisePage(page);

export const recogniseServer = (signals: ServerSignals): { id: string; name: string } | undefined =>
  recogniseAmong(servers, signals);

export const findRemedy = (serverId: string, cause: string): Remedy | undefined =>
  findServer(serverId)?.remedies.find((remedy) => remedy.for === cause);
