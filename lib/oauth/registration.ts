import type { ServerMetadata } from "./server-metadata.ts";

/** How a client that was not registered by hand can get a `client_id` from this authorization server. */
export interface RegistrationRoutes {
  /** RFC 7591 registration endpoint. */
  readonly registrationEndpoint?: string;
  /** Whether a URL is accepted as `client_id` (client ID metadata document). */
  readonly acceptsMetadataDocument: boolean;
}

/**
 * The routes to a `client_id` that metadata offers, in the order MCP clients try them after pre-registration.
 * @see MCP authorization 2025-11-25, Client Registration Approaches
 */
export function registrationRoutes(metadata: ServerMetadata): RegistrationRoutes {
  const registrationEndpoint = metadata.registration_endpoint;
  return {
    ...(registrationEndpoint === undefined ? {} : { registrationEndpoint }),
    acceptsMetadataDocument: metadata.client_id_metadata_document_supported === true,
  };
}

/** When a registered client secret stops working; times in seconds since the epoch, as on the wire. */
export type SecretLifetime =
  | { readonly kind: "never" }
  | { readonly kind: "expires"; readonly at: number; readonly afterSeconds: number }
  | { readonly kind: "expired"; readonly at: number }
  /** A secret without `client_secret_expires_at`, which RFC 7591 §3.2.1 requires, or one that is not a number. */
  | { readonly kind: "unreadable" };

/**
 * Reads `client_secret_expires_at` of a registration response received at `receivedAt` (milliseconds since the epoch);
 * 0 means never.
 * @see RFC 7591 §3.2.1
 */
export function readSecretLifetime(expiresAt: string | undefined, receivedAt: number): SecretLifetime {
  if (expiresAt === undefined || !/^\d{1,12}$/.test(expiresAt)) return { kind: "unreadable" };
  const at = Number(expiresAt);
  if (at === 0) return { kind: "never" };
  const afterSeconds = Math.round(at - receivedAt / 1000);
  return afterSeconds <= 0 ? { kind: "expired", at } : { kind: "expires", at, afterSeconds };
}
