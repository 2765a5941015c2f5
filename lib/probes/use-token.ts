import * as oauth from "oauth4webapi";
import type { ChosenClient } from "./choose-client.ts";
import type { RecordedFetch } from "./recorded-fetch.ts";

/** One authenticated request; the status of its answer. Throws when it was refused. */
export async function requestWithToken(
  target: string,
  isMcp: boolean,
  token: string,
  http: RecordedFetch,
): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, accept: "application/json, text/event-stream" };
  const initialize = {
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "hopscope", version: "1" } },
  };
  const answer = await http.plain(
    "resource",
    target,
    isMcp
      ? {
          method: "POST",
          headers: { ...headers, "content-type": "application/json" },
          body: JSON.stringify(initialize),
        }
      : { method: "GET", headers },
  );
  if (!answer.ok) throw new Error(`${target} refused the token: it answered ${answer.status}.`);
  return answer.status;
}

/** Revokes a token; why it stays valid when that did not work. @see RFC 7009 §2.1 */
export async function revoke(
  server: oauth.AuthorizationServer,
  { client, auth }: Pick<ChosenClient, "client" | "auth">,
  token: string,
  http: RecordedFetch,
) {
  if (server.revocation_endpoint === undefined)
    return "The token stays valid until it expires: the server offers no revocation.";
  const answer = await oauth
    .revocationRequest(server, client, auth, token, http.for("revocation", {}))
    .catch(() => undefined);
  if (!answer) return "The token stays valid until it expires: there was no answer to revoking it.";
  return answer.ok ? undefined : `The token could not be revoked: the server answered ${answer.status}.`;
}
