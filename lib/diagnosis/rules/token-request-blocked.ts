import { rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

const roles: ReadonlySet<string> = new Set([
  "token",
  "refresh",
  "registration",
  "server-metadata",
  "resource-metadata",
]);

export const tokenRequestBlocked = defineRule({
  id: "token-request-blocked",
  title: "The browser kept a page from reading the answer of the authorization server",
  severity: "error",
  needs: ["legs"],
  why: "A client that runs in a page may read an answer from another origin only when the server says so with CORS headers, on the preflight and on the answer itself. Without them the request fails in the browser although the server works; clients that do not run in a page are not affected.",
  fix: [
    {
      by: "authorization server",
      do: "Answer OPTIONS and send Access-Control-Allow-Origin on the token, registration and metadata endpoints, on error answers too.",
    },
    { by: "client", do: "If the server cannot be changed, send these requests from a backend." },
  ],
  references: [
    rfc(6749, "3.2"),
    { spec: "Fetch Standard", section: "CORS protocol", url: "https://fetch.spec.whatwg.org/#http-cors-protocol" },
  ],
  check({ legs }) {
    const requests = legs.filter(({ role, isFetch }) => isFetch && roles.has(role));
    if (requests.length === 0) return notApplicable("no request of a page to the authorization server was seen");
    const blocked = requests.find(({ networkError }) => networkError !== undefined && isByBrowser(networkError));
    if (!blocked?.networkError) return pass();
    const { exchangeId, role, networkError, url, initiator, method } = blocked;
    const sameServer = legs.find((leg) => leg.url.host === url.host && (leg.status ?? 0) > 0);
    return fail({
      // The code says that the browser stopped it; only a server that answers others shows that nothing else did.
      certainty: sameServer ? "likely" : "possible",
      summary: `The page${initiator ? ` at ${initiator}` : ""} sent ${method} to ${url.host}${url.path}, and the browser failed it with ${networkError}${sameServer ? `, while ${url.host} answers other requests` : ""}.`,
      evidence: [
        { exchangeId, role, part: "response", where: "network error", says: networkError, isPrimary: true },
        ...(sameServer
          ? [
              {
                exchangeId: sameServer.exchangeId,
                role: sameServer.role,
                part: "response" as const,
                where: "status",
                says: String(sameServer.status),
              },
            ]
          : []),
      ],
    });
  },
});

/** Failures that the browser decides on; a refused or lost connection is none of them. */
const isByBrowser = (error: string): boolean => /ERR_FAILED|CORS|BLOCKED_BY_RESPONSE|NS_ERROR_DOM_BAD_URI/.test(error);
