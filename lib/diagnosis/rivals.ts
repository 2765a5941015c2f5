import type { Cause } from "@/lib/servers/server.ts";

/** What would show that a cause is, or is not, the one behind words that several causes share. */
const separations: Readonly<Record<Cause, string>> = {
  "unknown-client":
    "The same request with a random client_id as a control: an identical answer means that the server does not know this client",
  "client-id-missing": "The request itself: it shows whether client_id was sent",
  "client-not-allowed":
    "The server's log or the client's settings there: whether the client is disabled, not assigned or lacks this grant",
  "client-metadata-unreachable":
    "The server's log at this time: a line about fetching the client ID metadata document; or another client's document as a control",
  "redirect-uri-not-registered":
    "The list of redirect URIs registered for this client, or the same request with a made-up redirect URI as a control",
  "redirect-uri-missing": "The request itself: it shows whether redirect_uri was sent",
  "redirect-uri-invalid": "The form of the redirect URI: scheme, fragment, encoding",
  "pkce-required": "The request itself: it shows whether code_challenge was sent",
  "pkce-method-unsupported":
    "code_challenge_methods_supported in the server metadata beside code_challenge_method of the request",
  "state-required": "The request itself: it shows whether state was sent",
  "nonce-required": "The request itself: it shows whether nonce was sent",
  "scope-invalid": "The same request without scope, or the list of scopes granted to this client",
  "response-type-unsupported": "response_types_supported in the server metadata beside response_type of the request",
  "response-mode-unsupported": "response_modes_supported in the server metadata beside response_mode of the request",
  "resource-invalid":
    "The same request without resource, or with the exact resource of the protected resource metadata",
  "request-object-invalid": "The server's log at this time, or the same request without the request object",
  "pushed-request-invalid": "The answer to the pushed authorization request, and the time since",
  "authorization-request-invalid": "The server's log at this time: it names the parameter it refused",
  "access-denied": "The person who was asked: whether they chose to refuse",
  "interaction-required": "The same request without prompt=none",
  "policy-denied": "The sign-in log of the authorization server: it names the policy that applied",
  "transaction-lost":
    "The same attempt from the start, in one go: a lost transaction does not come back at the same place",
  "session-cookie-refused": "The Set-Cookie headers of the login or consent page and the browser's cookie list",
  "upstream-authorization-failed": "The answer of the upstream authorization server to the leg before this one",
  "authorization-server-error": "The server's log at this time",
  "authorization-server-unavailable": "The same request a little later, or the server's status page",
  "authorization-endpoint-not-found": "authorization_endpoint in the server metadata beside the URL that was asked",
  "callback-failed": "The client's own log at this time",
  "state-mismatch": "state in the request beside state in the response",
  "client-authentication-failed": "The token request in the server's log: which client_id and which method it saw",
  "authorization-code-invalid": "The token request in the server's log: whether the code was unknown, expired or used",
  "pkce-verifier-mismatch": "The S256 hash of code_verifier beside code_challenge of the request",
  "token-redirect-uri-mismatch": "redirect_uri of the token request beside that of the authorization request",
  "grant-type-not-allowed": "The grant types registered for this client",
  "refresh-token-invalid":
    "The token request in the server's log: whether the refresh token was unknown, expired or rotated",
  "registration-rejected": "The server's log at this time: it names the field it refused",
  "registration-redirect-uri-rejected": "The same registration with another redirect URI as a control",
  "registration-not-open":
    "The registration policy of the server: whether it asks for an initial access token or an allow-list",
};

export const separatedBy = (cause: Cause): string => separations[cause];

/** All causes but the first, each with what would separate it. */
export function rivalsOf(causes: readonly Cause[]): readonly { readonly id: string; readonly separatedBy: string }[] {
  return causes.slice(1).map((id) => ({ id, separatedBy: separations[id] }));
}
