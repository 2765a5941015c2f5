import { expect, test } from "vitest";
import type { Send } from "@/lib/discovery/ask.ts";
import { redirectIn } from "@/lib/probes/json-redirect.ts";
import { planKnownClient, readKnownClient } from "@/lib/probes/known-client.ts";
import { readRedirectTarget } from "@/lib/probes/redirect-target.ts";
import { runProbe } from "@/lib/probes/run.ts";
import { exchangesOf, randomText, seeded, subject } from "./cluster.ts";

test.each([
  ["http://127.0.0.1:6000/callback", "web"],
  ["https://app.example/callback", "web"],
  ["com.example.app:/callback", "private-use"],
  ["cursor://anysphere.cursor-mcp/oauth/callback", "private-use"],
  ["/callback", "unreadable"],
  ["https://app.example/#/callback", "fragment"],
  ["urn:ietf:wg:oauth:2.0:oob", "shown-to-a-person"],
  ["javascript:alert(1)", "not-sent"],
  ["DATA:text/html,x", "not-sent"],
  ["chrome-extension://abcdefghijklmnopabcdefghijklmnop/callback", "not-sent"],
])("a response at %s: %s", (uri, expected) => {
  const target = readRedirectTarget(uri);
  expect(target.kind === "refused" ? target.because : target.kind).toBe(expected);
});

const page = "https://auth.example/error?error=invalid_client";
test.each([
  [{ redirect: true, url: page }, page],
  [{ redirect_to: page }, page],
  [{ location: page, status: 302 }, page],
  [{ url: "/error" }, undefined],
  [{ url: "javascript:alert(1)" }, undefined],
  [{ error: "invalid_request", url: page }, undefined],
  [{ url: page, location: "https://other.example/" }, undefined],
  [{ url: page, client: { id: 1 } }, undefined],
  [{ a: 1, b: 2, c: 3, d: 4, url: page }, undefined],
  [[page], undefined],
  [null, undefined],
])("the redirect that %j stands for", (body, expected) => {
  const text = JSON.stringify(body);
  expect(redirectIn(200, "application/json; charset=utf-8", text)).toBe(expected);
  expect(redirectIn(200, "text/html", text)).toBeUndefined();
  expect(redirectIn(400, "application/json", text)).toBeUndefined();
});

test.each([
  ["known", true],
  ["unknown", false],
])("a server that gives a script its redirects as JSON: %s", async (verdict, isKnown) => {
  const send: Send = async ({ url, method }) => {
    const knows = isKnown && url.includes(subject.clientId ?? "");
    const error = knows ? "error=invalid_redirect" : "error=invalid_client&error_description=client_id+is+required";
    const value =
      method === "POST" ? { error: "invalid_client" } : { redirect: true, url: `https://auth.example/error?${error}` };
    return {
      kind: "answered",
      status: method === "POST" ? 401 : 200,
      headers: [],
      body: { mimeType: "application/json", text: JSON.stringify(value) },
    };
  };
  const { requests } = planKnownClient(subject, randomText(seeded(9)));
  const options = { send, now: () => 1, session: "s", about: "flow", ranOn: [], parallel: 2 };
  const { observations } = await runProbe(requests, options);
  expect(readKnownClient(exchangesOf(observations))).toMatchObject({ verdict });
});
