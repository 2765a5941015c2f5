/** What kind of secret a value is; printed when it is found where it must not be. */
export type SecretKind =
  | "username"
  | "password"
  | "state"
  | "nonce"
  | "code verifier"
  | "authorization code"
  | "access token"
  | "refresh token"
  | "ID token"
  | "registration access token"
  | "client secret"
  | "session cookie";

export interface Secret {
  readonly kind: SecretKind;
  readonly value: string;
}

/** Every secret that the lab's people, clients and servers made up, so that a test can search for each of them. */
export class SecretRegister {
  readonly #kinds = new Map<string, SecretKind>();

  add(kind: SecretKind, value: unknown): void {
    if (typeof value === "string" && value !== "") this.#kinds.set(value, kind);
  }

  all(): readonly Secret[] {
    return [...this.#kinds].map(([value, kind]) => ({ kind, value }));
  }
}
