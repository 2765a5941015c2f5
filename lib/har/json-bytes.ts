/** What has a meaning in JSON (RFC 8259 §2), as bytes of UTF-8. */
export const quote = 0x22;
export const backslash = 0x5c;
export const lineFeed = 0x0a;
export const openBrace = 0x7b;
export const openBracket = 0x5b;
export const closeBrace = 0x7d;
export const closeBracket = 0x5d;
export const comma = 0x2c;
