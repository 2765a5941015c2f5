import * as z from "zod/mini";
import { causes } from "@/lib/servers/server.ts";

// The extension pages' CSP forbids `new Function`, which zod probes for unless told not to.
z.config({ jitless: true });

/**
 * A keyed fingerprint of one secret value: `<key id>.<11 base64url characters>` (66 bits of HMAC-SHA-256).
 * Two fingerprints say "equal" or "different" only when their key ids agree; otherwise equality is *cannot tell*.
 */
export const fingerprintSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{4,16}\.[A-Za-z0-9_-]{11}$/));
export type Fingerprint = z.infer<typeof fingerprintSchema>;

export const charsets = ["digits", "hex", "base64url", "base64", "jwt", "uuid", "words", "text"] as const;
export type Charset = (typeof charsets)[number];

/** How a second value may have been derived from the first on its way (see `lib/redaction/fingerprint`). */
const variantNames = [
  "raw",
  "plus-as-space",
  "html-unescaped",
  "decoded-twice",
  "prefix-255",
  "prefix-256",
  "prefix-512",
] as const;
export type VariantName = (typeof variantNames)[number];

const secretSchema = z.object({
  kind: z.literal("secret"),
  /** Characters after percent-decoding. */
  length: z.number(),
  charset: z.enum(charsets),
  /** Absent for values too short to resist guessing: those are measured only. */
  fingerprint: z.optional(fingerprintSchema),
  /** Fingerprints of what this value becomes under common damage, only those that differ from `fingerprint`. */
  variants: z.optional(z.array(z.object({ how: z.enum(variantNames), fingerprint: fingerprintSchema }))),
  /** For `code_verifier`: the fingerprint of its S256 transform, comparable with `code_challenge` (RFC 7636 §4.2). */
  s256: z.optional(fingerprintSchema),
  /** For JWTs: header and chosen claims in clear. */
  jwt: z.optional(z.record(z.string(), z.unknown())),
});

const clearSchema = z.object({ kind: z.literal("clear"), value: z.string() });

export type RedactedUrl = {
  /** Lower-case, without the colon. */
  readonly scheme: string;
  /** Host and port exactly as sent; empty for schemes without an authority. */
  readonly host: string;
  /** As sent, secret-looking segments replaced by `~<length>.<charset>~`. */
  readonly path: string;
  /** Set only when a path segment was replaced: fingerprint of scheme, host and path as sent. */
  readonly pathFingerprint?: string | undefined;
  readonly hasUserinfo?: true | undefined;
  /** Query, then fragment parameters, in order, duplicates kept. */
  readonly parameters: readonly Parameter[];
  /** A fragment that is not a parameter list, measured. `#` with nothing behind it is length 0. */
  readonly fragment?: { readonly length: number } | undefined;
};

export type Place = "query" | "fragment" | "form" | "json" | "header";
export type RedactedValue =
  | z.infer<typeof clearSchema>
  | z.infer<typeof secretSchema>
  /** A parameter whose value is itself a URL (`redirect_uri`, `resource`); `fingerprint` is that of the string as sent. */
  | { readonly kind: "url"; readonly url: RedactedUrl; readonly length: number; readonly fingerprint: Fingerprint };
export type Parameter = { readonly name: string; readonly place: Place; readonly value: RedactedValue };

const redactedUrlSchema: z.ZodMiniType<RedactedUrl> = z.lazy(() =>
  z.object({
    scheme: z.string(),
    host: z.string(),
    path: z.string(),
    pathFingerprint: z.optional(fingerprintSchema),
    hasUserinfo: z.optional(z.literal(true)),
    parameters: z.array(parameterSchema),
    fragment: z.optional(z.object({ length: z.number() })),
  }),
);
const valueSchema: z.ZodMiniType<RedactedValue> = z.lazy(() =>
  z.union([
    clearSchema,
    secretSchema,
    z.object({ kind: z.literal("url"), url: redactedUrlSchema, length: z.number(), fingerprint: fingerprintSchema }),
  ]),
);
const parameterSchema: z.ZodMiniType<Parameter> = z.object({
  name: z.string(),
  place: z.enum(["query", "fragment", "form", "json", "header"]),
  value: valueSchema,
});

/** A phrase of the answer that a message template or the lexicon recognised; made at ingestion, before masking. */
const messageMatchSchema = z.object({
  /** Server entry id, or absent when the general lexicon matched. */
  server: z.optional(z.string()),
  /** The template (placeholders unfilled) or lexicon phrase id: knowledge, not page content. */
  template: z.string(),
  /** Cause ids of `lib/servers`, most likely first. */
  means: z.array(z.enum(causes)),
  /** True when the wording is this product's own and nobody else's. */
  isDistinctive: z.boolean(),
  /** The sentence it stood in, masked. */
  quote: z.string(),
});
export type MessageMatch = z.infer<typeof messageMatchSchema>;

/** Errors as servers say them in JSON, pages or redirects (RFC 6749 §4.1.2.1, §5.2). */
const oauthErrorSchema = z.object({
  error: z.string(),
  error_description: z.optional(z.string()),
  error_uri: z.optional(z.string()),
});
export type OAuthError = z.infer<typeof oauthErrorSchema>;

const structureSchema = z.object({
  passwordFields: z.number(),
  textFields: z.number(),
  hiddenFields: z.number(),
  buttons: z.number(),
  links: z.number(),
  forms: z.array(z.object({ method: z.string(), action: z.optional(redactedUrlSchema) })),
});

const bodySchema = z.discriminatedUnion("kind", [
  /** Token, registration and error answers: top-level members, arrays as repeated parameters. */
  z.object({ kind: z.literal("fields"), mimeType: z.string(), fields: z.array(parameterSchema) }),
  /** A public metadata document, listed members in clear; `bytes` compares two answers. */
  z.object({
    kind: z.literal("document"),
    mimeType: z.string(),
    document: z.record(z.string(), z.unknown()),
    omitted: z.array(z.string()),
    length: z.number(),
    bytes: fingerprintSchema,
  }),
  /** Anything else: why it could not be read as what was expected. */
  z.object({ kind: z.literal("other"), mimeType: z.string(), length: z.number(), problem: z.string() }),
]);
export type RedactedBody = z.infer<typeof bodySchema>;

const base = {
  /** Unique and stable: the same event delivered twice has the same id. */
  id: z.string(),
  source: z.enum(["browser", "devtools", "import", "discovery", "probe", "paste"]),
  at: z.number(),
  session: z.string(),
  tabId: z.optional(z.number()),
  frameId: z.optional(z.number()),
  /** Milliseconds for which the attempt that this goes on with had been quiet, where that is longer than attempts stay open. */
  quietFor: z.optional(z.number()),
};

/** The stored shapes. Only `lib/redaction` makes them from raw input; `readStored` there reads them back. */
export const observationSchema = z.discriminatedUnion("kind", [
  z.object({
    ...base,
    kind: z.literal("request"),
    requestId: z.string(),
    method: z.string(),
    url: redactedUrlSchema,
    type: z.enum(["main_frame", "sub_frame", "fetch"]),
    initiator: z.optional(z.string()),
    /** Listed headers only (`authorization` scheme, `origin`, `accept`, …). */
    headers: z.optional(z.array(parameterSchema)),
    /** Listed form or JSON fields only; unlisted ones are counted, their names and values are not kept. */
    body: z.optional(
      z.object({ mimeType: z.optional(z.string()), fields: z.array(parameterSchema), omitted: z.number() }),
    ),
    purpose: z.optional(z.string()),
    about: z.optional(z.string()),
  }),
  z.object({
    ...base,
    kind: z.literal("response"),
    requestId: z.string(),
    url: redactedUrlSchema,
    status: z.number(),
    /** Absolute; from `Location` or what the browser resolved. */
    redirect: z.optional(redactedUrlSchema),
    headers: z.array(parameterSchema),
    cookies: z.optional(z.array(z.object({ name: z.string(), attributes: z.array(z.string()) }))),
    body: z.optional(bodySchema),
    problem: z.optional(z.string()),
  }),
  z.object({ ...base, kind: z.literal("failure"), requestId: z.string(), url: redactedUrlSchema, error: z.string() }),
  z.object({
    ...base,
    kind: z.literal("navigation"),
    how: z.enum(["committed", "failed", "same-document"]),
    url: redactedUrlSchema,
    documentId: z.optional(z.string()),
    transition: z.optional(z.string()),
    qualifiers: z.optional(z.array(z.string())),
    error: z.optional(z.string()),
  }),
  z.object({
    ...base,
    kind: z.literal("page"),
    url: redactedUrlSchema,
    documentId: z.optional(z.string()),
    requestId: z.optional(z.string()),
    status: z.optional(z.number()),
    contentType: z.optional(z.string()),
    /** Masked. */
    title: z.string(),
    /** Masked excerpt, at most 600 characters. */
    excerpt: z.string(),
    /** Characters of text before the excerpt was cut. */
    length: z.number(),
    oauthError: z.optional(oauthErrorSchema),
    /** Values of `client_id` that title, excerpt or quotes show in clear, since they are public. */
    clientIds: z.optional(z.array(z.string())),
    /** Entry ids of `lib/servers` whose page fingerprints matched. */
    servers: z.array(z.string()),
    matches: z.array(messageMatchSchema),
    structure: z.optional(structureSchema),
    isTruncated: z.optional(z.boolean()),
  }),
  z.object({
    ...base,
    kind: z.literal("tab"),
    event: z.enum(["closed", "left", "opened"]),
    openerTabId: z.optional(z.number()),
  }),
  z.object({ ...base, kind: z.literal("gap"), reason: z.string() }),
]);

declare const redacted: unique symbol;
/** One redacted thing seen of one request: safe to store, show and export. Branded: only `lib/redaction` makes it. */
export type Observation = z.infer<typeof observationSchema> & { readonly [redacted]: true };
export type ObservationOf<Kind extends Observation["kind"]> = Extract<Observation, { kind: Kind }>;
