import { expect, test } from "vitest";
import { importHar } from "@/lib/har/import.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";

const har = (text: string) => ({
  log: {
    version: "1.2",
    creator: { name: "test", version: "1" },
    entries: [
      {
        startedDateTime: "2026-05-05T10:00:00.000Z",
        time: 120,
        request: {
          method: "GET",
          url: "https://auth.example/authorize?response_type=code&client_id=app&redirect_uri=https%3A%2F%2Fapp.example%2Fcb",
          headers: [],
        },
        response: { status: 400, headers: [], content: { mimeType: "text/html", size: text.length, text } },
      },
    ],
  },
});

test("two recordings that differ only in words of one length are two, the same one twice is one", async () => {
  const { redact } = createRedactor({ id: "test-key", bytes: new Uint8Array(32).fill(7) });
  const read = new Map<string, string>();
  const sessionOf = async (text: string) => {
    const imported = await importHar([new TextEncoder().encode(JSON.stringify(har(text)))], { redact, read });
    return imported.kind === "read" ? imported.session : imported.problem;
  };
  const first = await sessionOf("Unknown client");
  expect(await sessionOf("Invalid client")).not.toBe(first);
  expect(await sessionOf("Unknown client")).toBe(first);
});
