import { randomBytes, randomUUID } from "node:crypto";
import { InvalidGrantError, InvalidTokenError } from "@modelcontextprotocol/sdk/server/auth/errors.js";
import type { AuthorizationParams, OAuthServerProvider } from "@modelcontextprotocol/sdk/server/auth/provider.js";
import type { AuthInfo } from "@modelcontextprotocol/sdk/server/auth/types.js";
import type {
  OAuthClientInformationFull,
  OAuthTokenRevocationRequest,
  OAuthTokens,
} from "@modelcontextprotocol/sdk/shared/auth.js";
import type { Response } from "express";
import type { SecretRegister } from "./secrets.ts";

/** An authorization request that waits for its person. */
export interface Transaction {
  readonly client: OAuthClientInformationFull;
  readonly params: AuthorizationParams;
  isLoggedIn: boolean;
}

interface Granted {
  readonly clientId: string;
  readonly scopes: string[];
  readonly resource?: URL;
}

const lifetime = 3600;

/**
 * The MCP TypeScript SDK leaves storage and interaction to its user; this is that part, all in memory, as its samples
 * do. Emptying `clients` is what a restart does.
 */
export class MemoryAuthorizationProvider implements OAuthServerProvider {
  readonly clients = new Map<string, OAuthClientInformationFull>();
  readonly transactions = new Map<string, Transaction>();
  readonly #codes = new Map<string, Granted & { readonly challenge: string; readonly redirectUri: string }>();
  readonly #accessTokens = new Map<string, Granted & { readonly expiresAt: number }>();
  readonly #refreshTokens = new Map<string, Granted>();
  readonly #secrets: SecretRegister;
  readonly #loginPath: string;

  constructor(secrets: SecretRegister, loginPath: string) {
    this.#secrets = secrets;
    this.#loginPath = loginPath;
  }

  readonly clientsStore = {
    getClient: (clientId: string) => this.clients.get(clientId),
    registerClient: (client: Omit<OAuthClientInformationFull, "client_id" | "client_id_issued_at">) => {
      const registered = { ...client, client_id: randomUUID(), client_id_issued_at: Math.floor(Date.now() / 1000) };
      this.clients.set(registered.client_id, registered);
      this.#secrets.add("client secret", registered.client_secret);
      return registered;
    },
  };

  async authorize(client: OAuthClientInformationFull, params: AuthorizationParams, res: Response): Promise<void> {
    const id = randomUUID();
    this.transactions.set(id, { client, params, isLoggedIn: false });
    res.redirect(302, `${this.#loginPath}?transaction=${id}`);
  }

  /** Ends the transaction; returns the code for the authorization response. */
  issueCode(id: string, { client, params }: Transaction): string {
    this.transactions.delete(id);
    const code = randomBytes(24).toString("base64url");
    this.#secrets.add("authorization code", code);
    this.#codes.set(code, {
      clientId: client.client_id,
      scopes: params.scopes ?? [],
      challenge: params.codeChallenge,
      redirectUri: params.redirectUri,
      ...(params.resource && { resource: params.resource }),
    });
    return code;
  }

  async challengeForAuthorizationCode(client: OAuthClientInformationFull, code: string): Promise<string> {
    const granted = this.#codes.get(code);
    if (granted?.clientId !== client.client_id) throw new InvalidGrantError("Invalid authorization code");
    return granted.challenge;
  }

  async exchangeAuthorizationCode(
    client: OAuthClientInformationFull,
    code: string,
    _verifier?: string,
    redirectUri?: string,
  ): Promise<OAuthTokens> {
    const granted = this.#codes.get(code);
    this.#codes.delete(code);
    if (granted?.clientId !== client.client_id) throw new InvalidGrantError("Invalid authorization code");
    if (redirectUri !== undefined && redirectUri !== granted.redirectUri) {
      throw new InvalidGrantError("redirect_uri does not match the authorization request");
    }
    return this.#issueTokens(granted);
  }

  async exchangeRefreshToken(client: OAuthClientInformationFull, refreshToken: string): Promise<OAuthTokens> {
    const granted = this.#refreshTokens.get(refreshToken);
    this.#refreshTokens.delete(refreshToken);
    if (granted?.clientId !== client.client_id) throw new InvalidGrantError("Invalid refresh token");
    return this.#issueTokens(granted);
  }

  #issueTokens(granted: Granted): OAuthTokens {
    const accessToken = randomBytes(32).toString("base64url");
    const refreshToken = randomBytes(32).toString("base64url");
    this.#secrets.add("access token", accessToken);
    this.#secrets.add("refresh token", refreshToken);
    this.#accessTokens.set(accessToken, { ...granted, expiresAt: Math.floor(Date.now() / 1000) + lifetime });
    this.#refreshTokens.set(refreshToken, granted);
    return {
      access_token: accessToken,
      token_type: "bearer",
      expires_in: lifetime,
      refresh_token: refreshToken,
      scope: granted.scopes.join(" "),
    };
  }

  async verifyAccessToken(token: string): Promise<AuthInfo> {
    const granted = this.#accessTokens.get(token);
    if (!granted) throw new InvalidTokenError("Token is invalid or has expired");
    return { token, ...granted };
  }

  async revokeToken(_client: OAuthClientInformationFull, { token }: OAuthTokenRevocationRequest): Promise<void> {
    this.#accessTokens.delete(token);
    this.#refreshTokens.delete(token);
  }
}
