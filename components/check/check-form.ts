import type { ClientChoice, ConnectionInput } from "@/lib/probes/connection.ts";
import { readRedirectTarget } from "@/lib/probes/redirect-target.ts";
import { strings } from "./strings.ts";

export const clientKinds = ["register", "preregistered", "document", "token"] as const;
export const redirectKinds = ["loopback", "extension", "own"] as const;

/** Everything that was entered; what belongs to a choice that is not made now is kept for when it is. */
export interface CheckForm {
  readonly url: string;
  readonly client: (typeof clientKinds)[number];
  readonly clientId: string;
  readonly clientSecret: string;
  readonly documentUrl: string;
  readonly token: string;
  readonly redirect: (typeof redirectKinds)[number];
  readonly redirectUri: string;
  readonly scope: string;
}

export const emptyForm: CheckForm = {
  url: "",
  client: "register",
  clientId: "",
  clientSecret: "",
  documentUrl: "",
  token: "",
  redirect: "loopback",
  redirectUri: "",
  scope: "",
};

type RedirectUris = Readonly<Record<"loopback" | "extension", string>>;

export const redirectUriOf = ({ redirect, redirectUri }: CheckForm, known: RedirectUris): string =>
  redirect === "own" ? redirectUri.trim() : known[redirect];

/** The input of a check, or the first thing that is missing. */
export function readForm(form: CheckForm, known: RedirectUris): ConnectionInput | { readonly problem: string } {
  const url = form.url.trim();
  if (!isWeb(url)) return { problem: strings.invalidUrl };
  const client = readClient(form);
  if ("problem" in client) return client;
  const redirectUri = redirectUriOf(form, known);
  const target = readRedirectTarget(redirectUri);
  if (target.kind === "refused" && client.kind !== "token") return { problem: strings.redirectRefused[target.because] };
  const scope = form.scope.trim();
  return { url, client, redirectUri, ...(scope !== "" && { scope }) };
}

export const isWeb = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

function readClient(form: CheckForm): ClientChoice | { readonly problem: string } {
  const [clientId, clientSecret, url, token] = [form.clientId, form.clientSecret, form.documentUrl, form.token].map(
    (text) => text.trim(),
  ) as [string, string, string, string];
  switch (form.client) {
    case "register":
      return { kind: "register" };
    case "preregistered":
      if (clientId === "") return { problem: strings.missing.clientId };
      return { kind: "preregistered", clientId, ...(clientSecret !== "" && { clientSecret }) };
    case "document":
      if (!/^https:\/\//.test(url) || !URL.canParse(url)) return { problem: strings.missing.documentUrl };
      return { kind: "document", url };
    case "token":
      return token === "" ? { problem: strings.missing.token } : { kind: "token", token };
  }
}

/** What to publish for a client ID metadata document. @see draft-ietf-oauth-client-id-metadata-document §4 */
export const documentContents = (url: string, redirectUri: string): string =>
  JSON.stringify(
    {
      client_id: url || "https://example.com/oauth/client.json",
      client_name: "Hopscope",
      redirect_uris: [redirectUri],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    },
    null,
    2,
  );
