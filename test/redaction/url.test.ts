import { describe, expect, it } from "vitest";
import { printUrl } from "@/lib/redaction/address.ts";
import { redactQuery, redactUrl, summarise } from "./redacting.ts";

describe("an address is kept exactly as sent", () => {
  it.each([
    ["https://AS.example:443/Authorize/", "https", "AS.example:443", "/Authorize/"],
    ["HTTPS://as.example", "https", "as.example", ""],
    ["http://127.0.0.1:3334/oauth/callback", "http", "127.0.0.1:3334", "/oauth/callback"],
    ["http://[::1]:8080/cb", "http", "[::1]:8080", "/cb"],
    [
      "cursor://anysphere.cursor-mcp/oauth/user-abc/callback",
      "cursor",
      "anysphere.cursor-mcp",
      "/oauth/user-abc/callback",
    ],
    ["com.example.app:/cb", "com.example.app", "", "/cb"],
    ["myapp:///cb", "myapp", "", "///cb"],
    ["urn:ietf:wg:oauth:2.0:oob", "urn", "", "ietf:wg:oauth:2.0:oob"],
    ["/callback", "", "", "/callback"],
    ["localhost:3000/callback", "localhost", "", "3000/callback"],
    ["https://app.example/%63allback", "https", "app.example", "/%63allback"],
  ])("%s", (address, scheme, host, path) => {
    const { value } = redactQuery("redirect_uri", address);
    expect(value).toMatchObject({ kind: "url", length: address.length, url: { scheme, host, path } });
  });

  it("tells a doubly encoded redirect URI from a single one", () => {
    const { value } = redactQuery("redirect_uri", "https%3A%2F%2Fapp.example%2Fcb%3Fcode%3Dk8Jd72mQx0Lw9Zt5");
    expect(value).toMatchObject({
      url: { scheme: "", host: "", path: "https%3A%2F%2Fapp.example%2Fcb%3Fcode%3D~16.base64url~" },
    });
  });

  it("shows a bare fragment sign", () => {
    expect(redactUrl("https://app.example/cb#").fragment).toEqual({ length: 0 });
    expect(redactUrl("https://app.example/cb").fragment).toBeUndefined();
  });
});

describe("path segments", () => {
  const tenant = "6731de76-14a6-49ae-97bc-6eba6914391e";
  it.each([
    `/${tenant}/oauth2/v2.0/authorize`,
    `/${tenant}/v2.0`,
    "/oauth2/aus1f6a9v3Kq0ZbXm5d7/v1/authorize",
    "/realms/my-realm/protocol/openid-connect/auth",
    "/api/v1beta1/mcp",
    "/mcp/x9f/callback",
    "/.well-known/oauth-protected-resource/mcp",
    "/2025-06-18/authorize",
    "/@scope/package",
    "/auth/device/Prüfung",
  ])("%s stays", (path) => {
    const url = redactUrl(`https://as.example${path}`);
    expect(url.path).toBe(path);
    expect(url.pathFingerprint).toBeUndefined();
  });

  it.each([
    ["/s/Zx81kQ0vTtB6yU2mNw4r/mcp", "/s/~20.base64url~/mcp"],
    [`/reset/${tenant}`, "/reset/~36.uuid~"],
    ["/verify/483920", "/verify/~6.digits~"],
    ["/device/WDJB-MJHT", "/device/~9.base64url~"],
    ["/device/LOVU-BEPU.html", "/device/~14.text~"],
    ["/magic/7f3a2b", "/magic/~6.hex~"],
    ["/a;psegln", "/a;~6.words~"],
    ["/u/Welcome-Tiger-37/sse", "/u/~16.base64url~/sse"],
    ["/x/livrbr-iykuup-pdicer-komrlk-fofanp", "/x/~34.base64url~"],
    ["/u/bob%40corp.example/edit", "/u/~18.text~/edit"],
    ["/cb;jsessionid=8A7F6E5D4C3B2A19", "/cb;jsessionid=~16.hex~"],
    ["/cb%3Fcode%3Dk8Jd72mQx0Lw9Zt5", "/cb%3Fcode%3D~16.base64url~"],
  ])("%s becomes %s", (path, expected) => {
    const url = redactUrl(`https://as.example${path}`);
    expect(decodeURIComponent(url.path)).toBe(decodeURIComponent(expected));
    expect(url.pathFingerprint).toMatch(/^test\./);
  });
});

describe("parameters of an address", () => {
  it("keeps order and duplicates, and says where each stood", () => {
    const { parameters } = redactUrl(
      "https://app.example/cb?state=a&error=access_denied&state=b#iss=https://as.example",
    );
    expect(parameters.map(({ name, place }) => [name, place])).toEqual([
      ["state", "query"],
      ["error", "query"],
      ["state", "query"],
      ["iss", "fragment"],
    ]);
  });

  it("reads those behind the path of a hash router", () => {
    const url = redactUrl("https://app.example/#/cb?code=k8Jd72mQx0Lw9Zt5");
    expect(url.parameters).toMatchObject([{ name: "code", place: "fragment", value: { kind: "secret", length: 16 } }]);
    expect(url.fragment).toEqual({ length: 3 });
  });

  it("redacts addresses inside addresses, however often encoded", () => {
    const inner = encodeURIComponent("https://app.example/cb?code=k8Jd72mQx0Lw9Zt5");
    const url = redactUrl(
      `https://as.example/login?returnTo=${encodeURIComponent(`/authorize?redirect_uri=${inner}`)}`,
    );
    expect(printUrl(url)).toContain("redirect_uri=https://app.example/cb?code");
    expect(JSON.stringify(url)).not.toContain("k8Jd72mQx0");
    const encoded = redactQuery("continue", encodeURIComponent(inner));
    expect(summarise(encoded)).toBe("https|app.example|/cb");
  });

  it("says that there was a user, not which", () => {
    const url = redactUrl("https://bob:hunter2@app.example/cb");
    expect(url).toMatchObject({ host: "app.example", hasUserinfo: true });
    expect(JSON.stringify(url)).not.toMatch(/bob|hunter2/);
  });

  it("measures a name that is a token", () => {
    expect(redactUrl("https://app.example/cb?k8Jd72mQx0Lw9Zt5").parameters[0]?.name).toBe("~16.base64url~");
  });
});

describe("garbage", () => {
  it.each([
    "",
    ":",
    "//",
    "?",
    "#",
    "http://",
    "https://[::1",
    "%",
    "%ff%fe",
    "\u0000",
    "\ud800",
    "javascript:alert(1)//k8Jd72mQx0",
    "data:text/html,k8Jd72mQx0Lw9Zt5",
  ])("%j gives an address all the same", (raw) => {
    const url = redactUrl(raw);
    expect(url.parameters.length).toBeLessThanOrEqual(1);
    expect(JSON.stringify(url)).not.toContain("k8Jd72mQx0");
  });
});
