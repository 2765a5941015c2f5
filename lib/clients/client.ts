/** A client application, recognised without asking it: by redirect URI, `client_id` document or registered name. */
export interface Client {
  /** Kebab-case, equals the file name. */
  readonly id: string;
  readonly name: string;
  /**
   * Redirect URIs it is known to use, as templates: `{port}` matches digits, `{any}` one path segment or less,
   * `{host}` a host. Compared case-sensitively.
   */
  readonly redirectUris: readonly string[];
  /** Others that it uses too, but so do other programs: they never recognise it. */
  readonly sharedRedirectUris?: readonly string[];
  /** URLs of its client ID metadata documents (templates as above). */
  readonly metadataDocuments: readonly string[];
  readonly clientNames: readonly string[];
  /** What to put on an allow-list, one line each, ready to paste. */
  readonly allowList: readonly string[];
  /** Whether it goes on sending a `client_id` the server has forgotten, as far as known. */
  readonly keepsDeadClientId: "yes" | "no" | "unknown";
  /** How its user makes it forget its registration and start again. */
  readonly reset: string;
  /** How its user starts the connection again. */
  readonly retry: string;
  /** Behaviour that matters to metadata findings, e.g. `strict-issuer`, `needs-client-secret`. */
  readonly traits: readonly ClientTrait[];
}

export type ClientTrait =
  | "strict-issuer"
  | "lenient-issuer"
  | "requires-pkce-advertised"
  | "requires-challenge-401"
  | "needs-cors"
  | "needs-client-secret"
  | "sends-resource-of-metadata"
  | "sends-resource-of-url"
  | "supports-client-metadata-document"
  | "guesses-endpoints"
  | "checks-iss";
