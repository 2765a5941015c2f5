import { beforeEach, expect, test } from "vitest";
import { readDocument } from "@/lib/browser/capture/read-document.ts";

beforeEach(() => {
  document.title = "";
  document.body.innerHTML = "";
});

test("counts what tells a login page from an error page, and gives no value of a field", async () => {
  document.body.innerHTML = `
    <form method="POST" action="/login"><input name="action" value="secret-value"><input type="password" value="hunter2">
    <input type="hidden" name="csrf" value="hidden-value"><button>Continue</button></form><a href="/help">Help</a>`;
  const reading = await readDocument(1_000, 0);
  expect(reading?.structure).toMatchObject({
    passwordFields: 1,
    textFields: 2,
    hiddenFields: 1,
    buttons: 1,
    links: 1,
    forms: [{ method: "post", action: new URL("/login", location.href).href }],
  });
  expect(JSON.stringify(reading)).not.toMatch(/secret-value|hunter2|hidden-value/);
});

test("cuts a long text and says so", async () => {
  document.body.textContent = "x".repeat(5_000);
  expect(await readDocument(1_000, 0)).toMatchObject({ text: "x".repeat(1_000), isTruncated: true });
  document.body.textContent = "x".repeat(1_000);
  expect(await readDocument(1_000, 0)).toMatchObject({ isTruncated: false });
});

test("of a document with too many elements it takes the first text, without scripts", async () => {
  document.body.innerHTML = `<script>var a = "script text"</script>${"<p>word</p>".repeat(6_000)}`;
  const reading = await readDocument(100, 0);
  expect(reading?.text).toMatch(/^(word\n)+/);
  expect(reading?.isTruncated).toBe(true);
  expect(reading?.text).not.toContain("script text");
});

test("waits for a page that script draws, and answers nothing when nothing had changed", async () => {
  const drawn = readDocument(1_000, 5_000);
  document.body.append("Client not found");
  expect((await drawn)?.text).toContain("Client not found");
  expect(await readDocument(1_000, 1)).toBeUndefined();
});
