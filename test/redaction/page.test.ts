import { describe, expect, it } from "vitest";
import { redactPage } from "./redacting.ts";

describe("a page as HTML", () => {
  const html = `<!doctype html><html><head><title>Client Not Registered</title><style>p{}</style></head><body>
    <script>var token = "k8Jd72mQx0Lw9Zt5"</script><div style="display: none">k8Jd72mQx0Lw9Zt5</div>
    <h1>Client Not Registered</h1><p>The client ID <code>k8Jd72mQx0Lw9Zt5</code> was not found in the server's client registry.</p>
    <form method="POST" action="/login?flow=k8Jd72mQx0Lw9Zt5"><input type="hidden" name="a" value="k8Jd72mQx0Lw9Zt5">
    <input name="user"><input type="password"><button>Sign in</button></form><a href="/help">Help</a></body></html>`;
  const page = redactPage({
    html,
    url: "https://as.example/authorize?client_id=other",
    status: 400,
    contentType: "text/html; charset=utf-8",
  });

  it("is read as a person sees it", () => {
    expect(page.title).toBe("Client Not Registered");
    expect(page.excerpt).toContain("The client ID ~16.base64url~ was not found in the server's client registry.");
    expect(JSON.stringify(page)).not.toContain("k8Jd72mQx0");
  });

  it("keeps the skeleton of its form", () => {
    expect(page.structure).toMatchObject({ passwordFields: 1, textFields: 1, hiddenFields: 1, buttons: 1, links: 1 });
    expect(page.structure?.forms).toMatchObject([{ method: "post", action: { host: "as.example", path: "/login" } }]);
  });

  it("is matched before it is masked", () => {
    expect(page.matches[0]).toMatchObject({ isDistinctive: true, means: expect.arrayContaining(["unknown-client"]) });
    expect(page.matches[0]?.quote).toContain("was not found in the server's client registry");
  });
});

describe("an error as JSON", () => {
  it("is read, its description masked", () => {
    const text = JSON.stringify({
      error: "invalid_request",
      error_description: "Client ID 'k8Jd72mQx0Lw9Zt5' not found",
      state: "k8Jd72mQx0Lw9Zt5",
    });
    const page = redactPage({ text, contentType: "application/json", status: 400 });
    expect(page.oauthError).toEqual({
      error: "invalid_request",
      error_description: "Client ID '~16.base64url~' not found",
    });
    expect(JSON.stringify(page)).not.toContain("k8Jd72mQx0");
  });

  it.each([
    ['{"detail":"Not Found"}', { error: "", error_description: "Not Found" }],
    [
      '{"error":{"code":"invalid_client","message":"Unknown client"}}',
      { error: "invalid_client", error_description: "Unknown client" },
    ],
  ])("of other frameworks: %s", (text, expected) => {
    expect(redactPage({ text, contentType: "application/json" }).oauthError).toEqual(expected);
  });

  it.each(['{"error":', "{}", "[1]", '{"error":{"deep":{}}}', '{"__proto__":{"error":"x"}}'])(
    "that is none: %s",
    (text) => {
      expect(redactPage({ text, contentType: "application/json" }).oauthError).toBeUndefined();
    },
  );
});

describe("long pages", () => {
  it("quotes the place of the message, not the start of the page", () => {
    const page = redactPage({
      text: `${"Welcome to the portal of our company.\n".repeat(60)}The client ID x was not found in the server's client registry.`,
    });
    expect(page.excerpt).toContain("was not found in the server's client registry");
    expect(page.excerpt.length).toBeLessThanOrEqual(600);
  });

  it("says how long the text was and that it was cut", () => {
    const page = redactPage({ text: "word ".repeat(40_000) });
    expect(page).toMatchObject({ length: 200_000, isTruncated: true });
  });
});
