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
