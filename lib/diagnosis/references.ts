import type { Reference } from "./rule.ts";

export const rfc = (number: number, section: string): Reference => ({
  spec: `RFC ${number}`,
  section,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
});

/** `anchor` is the section's id in the one-page HTML. */
export const openidCore = (section: string, anchor: string): Reference => ({
  spec: "OpenID Connect Core 1.0",
  section,
  url: `https://openid.net/specs/openid-connect-core-1_0.html#${anchor}`,
});

export const mcpAuthorization = (section: string, anchor: string): Reference => ({
  spec: "MCP Authorization",
  section,
  url: `https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#${anchor}`,
});

export const clientMetadataDocument = (section: string): Reference => ({
  spec: "OAuth Client ID Metadata Document",
  section,
  url: `https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-00#section-${section}`,
});

/** The revisions of MCP authorization; a finding about metadata names the one that demands it. */
export type McpRevision = "2025-03-26" | "2025-06-18" | "2025-11-25" | "2026-07-28";

/**
 * Like {@link mcpAuthorization}, of one revision. `place` is what stands behind `basic/authorization`: an anchor, or since
 * 2026-07-28 a page with one.
 */
export const mcpRevision = (revision: McpRevision, section: string, place = ""): Reference => ({
  spec: `MCP Authorization ${revision}`,
  section,
  url: `https://modelcontextprotocol.io/specification/${revision}/basic/authorization${place}`,
});

/** Of the Streamable HTTP transport. */
export const mcpTransports = (section: string, anchor: string): Reference => ({
  spec: "MCP Transports 2025-11-25",
  section,
  url: `https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#${anchor}`,
});

export const openidDiscovery = (section: string, anchor: string): Reference => ({
  spec: "OpenID Connect Discovery 1.0",
  section,
  url: `https://openid.net/specs/openid-connect-discovery-1_0.html#${anchor}`,
});
