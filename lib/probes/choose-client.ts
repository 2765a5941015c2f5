import * as oauth from "oauth4webapi";
import type { ConnectionInput, ConnectionParts } from "./connection.ts";
import type { RecordedFetch } from "./recorded-fetch.ts";
import { deletionRequest, probeClientName } from "./registration.ts";

/** What the rest of the run authenticates as, and how it is taken back. */
export interface ChosenClient {
  readonly client: oauth.Client;
  readonly auth: oauth.ClientAuth;
  readonly says: string;
  readonly remove?: () => Promise<string | undefined>;
}

/** The client that was chosen, registered first where that was asked for. */
export async function chooseClient(
  input: ConnectionInput,
  server: oauth.AuthorizationServer,
  http: RecordedFetch,
  parts: Pick<ConnectionParts, "mayWrite">,
): Promise<ChosenClient> {
  switch (input.client.kind) {
    case "document":
      return { client: { client_id: input.client.url }, auth: oauth.None(), says: `client_id is ${input.client.url}` };
    case "preregistered": {
      const { clientId, clientSecret } = input.client;
      const [auth, method] = authFor(server, clientSecret);
      return { client: { client_id: clientId }, auth, says: `Pre-registered client_id ${clientId}, ${method}` };
    }
    case "register":
      return register(input, server, http, parts);
    case "token":
      throw new Error("A token needs no client.");
  }
}

/** The first method that the metadata lists and a secret allows, and how it is said; RFC 8414 §2: without a list, `client_secret_basic`. */
function authFor(server: oauth.AuthorizationServer, secret: string | undefined): [oauth.ClientAuth, string] {
  if (secret === undefined) return [oauth.None(), "without a secret"];
  const listed = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  return listed.includes("client_secret_basic")
    ? [oauth.ClientSecretBasic(secret), "with a secret (client_secret_basic)"]
    : [oauth.ClientSecretPost(secret), "with a secret (client_secret_post)"];
}

async function register(
  input: ConnectionInput,
  server: oauth.AuthorizationServer,
  http: RecordedFetch,
  { mayWrite }: Pick<ConnectionParts, "mayWrite">,
): Promise<ChosenClient> {
  const url = server.registration_endpoint;
  if (url === undefined)
    throw new Error("The server publishes no registration endpoint. Enter a client ID that its operator issued.");
  const metadata = {
    client_name: probeClientName,
    redirect_uris: [input.redirectUri],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
    application_type: input.redirectUri.startsWith("https:") ? "web" : "native",
    ...(input.scope !== undefined && { scope: input.scope }),
  };
  if (!(await mayWrite({ url, body: JSON.stringify(metadata, null, 2) })))
    throw new Error("You did not allow the registration.");
  const answer = await oauth.dynamicClientRegistrationRequest(server, metadata, http.for("registration", {}));
  const made = await oauth.processDynamicClientRegistrationResponse(answer);
  const { client_secret: secret, registration_client_uri: manage, registration_access_token: access } = made;
  const [auth, method] = authFor(server, typeof secret === "string" ? secret : undefined);
  return {
    client: { ...made, client_id: made.client_id },
    auth,
    says: `Registered as client_id ${made.client_id}, ${method}`,
    remove: async () => {
      const left = `The registration ${made.client_id} is still on the server`;
      const management = typeof manage === "string" && typeof access === "string" && { url: manage, access };
      if (!management || !URL.canParse(manage)) return `${left}: it offers no way to delete it.`;
      const deletion = deletionRequest({ clientId: made.client_id, management }, url);
      if (!deletion) return `${left}: it is to be deleted at ${new URL(manage).host}, where nothing is sent.`;
      const headers = Object.fromEntries(deletion.headers.map(({ name, value }) => [name, value]));
      const gone = await http
        .plain("deregistration", deletion.url, { method: "DELETE", headers })
        .catch(() => undefined);
      if (!gone) return `${left}: there was no answer to deleting it.`;
      return gone.ok ? undefined : `${left}: deleting it was answered with ${gone.status}.`;
    },
  };
}
