import { describe, expect, it } from "vitest";
import { runCheck } from "@/cli/check.ts";
import { conforming, issuer, mcpUrl, serve, serverDocument, serverUrl, type Web } from "../discovery/web.ts";

async function run(words: readonly string[], web: Web = conforming) {
  const out: string[] = [];
  const err: string[] = [];
  const { requests, send } = serve(web);
  const terminal = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    hasColours: false,
    read: () => {
      throw new Error("a check reads no file");
    },
  };
  const status = await runCheck(terminal, words, {
    send,
    now: () => Date.UTC(2026, 0, 5, 9),
    wait: async () => undefined,
  });
  return { status, out: out.join(""), err: err.join(""), requests };
}

describe("hopscope check", () => {
  it("prints the ladder rung by rung and nothing else for a server that conforms", async () => {
    const { out, status } = await run([mcpUrl]);
    expect(status).toBe(0);
    expect(out).toMatch(/✓ POST https:\/\/mcp\.example\/mcp\n {4}401 with WWW-Authenticate\n/);
    expect(out).toContain(`✓ GET ${serverUrl}\n    Taken\n`);
    expect(out).toContain("Nothing wrong was found");
  });

  it("prints what is wrong and exits with 1", async () => {
    const web = { ...conforming, [serverUrl]: { json: { ...serverDocument, issuer: `${issuer}/` } } };
    const { out, status } = await run([mcpUrl], web);
    expect(status).toBe(1);
    expect(out).toContain("[issuer-not-identical]");
    expect(out).toContain("different trailing slash");
  });

  it("exits with 2 when nothing answers", async () => {
    const { out, status } = await run(["https://dead.example"], {
      "POST https://dead.example": { error: "ENOTFOUND" },
      "https://dead.example/.well-known/oauth-protected-resource": { error: "ENOTFOUND" },
      "https://dead.example/.well-known/oauth-authorization-server": { error: "ENOTFOUND" },
      "https://dead.example/.well-known/openid-configuration": { error: "ENOTFOUND" },
    });
    expect({ status, isSaid: out.includes("ENOTFOUND") }).toEqual({ status: 2, isSaid: true });
  });

  it("sends no POST when told not to, and repeats when told to", async () => {
    const quiet = await run(["--no-challenge", mcpUrl]);
    expect(quiet.requests.every(({ method }) => method === "GET")).toBe(true);
    const repeated = await run(["--times", "3", mcpUrl]);
    expect(repeated.requests.filter(({ url }) => url === serverUrl)).toHaveLength(3);
  });

  it.each([
    [[]],
    [["--what", mcpUrl]],
    [[mcpUrl, mcpUrl]],
    [["ftp://x.example"]],
    [["--times", "99", mcpUrl]],
    [["--client-id"]],
  ])("does not understand %j", async (words) => {
    const { err, requests, status } = await run(words);
    expect({ status, requests: requests.length }).toEqual({ status: 2, requests: 0 });
    expect(err).toContain("Usage:");
  });

  it("lets text from a server move no cursor", async () => {
    const web = {
      ...conforming,
      [serverUrl]: { json: { ...serverDocument, issuer: "https://x.example/\u001b[2J\u202e" } },
    };
    const { out } = await run([mcpUrl], web);
    expect([...out].filter((character) => character === "\u001b" || character === "\u202e")).toEqual([]);
  });
});
