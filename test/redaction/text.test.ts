import { describe, expect, it } from "vitest";
import { redactPage } from "./redacting.ts";

const excerptOf = (text: string, url = "https://as.example/authorize") => redactPage({ text, url }).excerpt;

describe("words of error messages stay readable", () => {
  it.each([
    "AADSTS700016: Application was not found in the directory.",
    "AADSTS50011: The redirect URI specified in the request does not match the redirect URIs configured for the application.",
    "invalid_redirect_uri: Error 400: redirect_uri_mismatch",
    "OAuth2AuthorizationException [invalid_request] OAuth 2.0 Parameter: client_id",
    "Access blocked: This app's request is invalid",
    "PKCE code_challenge_method must be S256 (RFC 7636)",
    "Invalid parameter: redirect_uri",
    "net::ERR_CONNECTION_REFUSED",
    "net::ERR_HTTP2_PROTOCOL_ERROR",
    "net::ERR_HTTP_1_1_REQUIRED",
    "NS_BINDING_ABORTED",
    "NS_ERROR_NET_HTTP2_SENT_GOAWAY",
    "Ungültige Weiterleitungsadresse: Die Anwendung ist nicht registriert.",
    "クライアントが見つかりません。OAuth の設定を確認してください。",
    "Scope 'mcp:tools' is not allowed for this client",
    "Go to https://as.example/help/errors and try again.",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE: fetch failed (ECONNREFUSED)",
    "Welcome to the authorization server. The code is invalid or has expired.",
    "Wait 30 seconds, then retry request 2 of 3.",
  ])("%s", (text) => {
    expect(excerptOf(text)).toBe(text);
  });
});

describe("what may be a token is measured", () => {
  it.each([
    ["Unknown client '8f14e45fceea167a5a36dedd4bea2543'.", "Unknown client '~32.hex~'."],
    ["Your code is 483920.", "Your code is ~6.digits~."],
    ["Your code is 483 920.", "Your code is ~3.digits~ ~3.digits~."],
    ["Enter WDJB-MJHT on your device", "Enter ~9.base64url~ on your device"],
    ["Signed in as bob.smith+x@corp.example today", "Signed in as ~24.text~ today"],
    ["Call +49 170 1234567 now", "Call ~3.text~ ~3.digits~ ~7.digits~ now"],
    ["password: Sommer", "password: ~6.words~"],
    ["User 'Robertson' not found", "User '~9.words~' not found"],
    ["Bad value Tr0ub4dor&3 given", "Bad value ~11.text~ given"],
    ["code=k8Jd72mQx0&state=abcdefgh12", "code=~10.base64url~&state=~10.base64url~"],
    ["at https://a.example/cb?code=k8Jd72mQx0 failed", "at https://a.example/cb?code=~10.base64url~ failed"],
    ["value &#52;&#56;&#51; here", "value ~15.text~ here"],
    ["Cannot GET /verify/072 206", "Cannot GET ~11.base64~ ~3.digits~"],
    ["**761 791**", "~5.text~ ~5.text~"],
    ["Your password is Secret84", "Your password is ~8.base64url~"],
    ["Mot de passe : soleil", "Mot de passe : ~6.words~"],
    ["Hasło: slonce", "Hasło: ~6.words~"],
    ["Ihr Code lautet melone", "Ihr Code lautet ~6.words~"],
    ["Hola Benita, usuario no válido", "Hola ~6.words~, usuario no válido"],
    ["Eingeloggt als marcelline", "Eingeloggt als ~10.words~"],
    ["Use Tiger Secret 12 Hello to sign in", "Use Tiger Secret ~2.digits~ Hello to sign in"],
    ["session=Hello!96; path=/", "session=~8.text~; path=/"],
    ["Token LyfioKevl was revoked", "Token ~9.base64url~ was revoked"],
    ["Enter MOHI-BOFO there", "Enter ~9.words~ there"],
  ])("%s", (text, expected) => {
    expect(excerptOf(text)).toBe(expected);
  });

  it("masks unknown words that cling to a password", () => {
    expect(excerptOf("The value grünewald 7&x melone is wrong")).toMatch(/^The value (~\d+\.\w+~ ?)+is wrong$/);
  });
});

it("keeps the client_id that the request names", () => {
  const id = "a1b2c3d4-1111-2222-3333-444455556666";
  const page = redactPage({
    text: `The client ID ${id} was not found`,
    url: `https://as.example/authorize?client_id=${id}`,
  });
  expect(page.excerpt).toContain(id);
  expect(page.clientIds).toEqual([id]);
});

it("masks its own output into itself", () => {
  const text =
    "User 'Robertson' sent k8Jd72mQx0Lw9Zt5 from bob@corp.example to https://a.example/s/k8Jd72mQx0Lw9Zt5/x?code=k8Jd72mQx0#abc +1 (555) 123-4567";
  const once = excerptOf(text);
  expect(excerptOf(once)).toBe(once);
});
