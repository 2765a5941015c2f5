import http from "node:http";
import type { AddressInfo } from "node:net";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSend } from "@/cli/sender.ts";
import type { DiscoveryRequest } from "@/lib/discovery/run.ts";

const send = createSend();
let base = "";
let connections = 0;
const seen: http.IncomingHttpHeaders[] = [];

const server = http.createServer((request, response) => {
  seen.push(request.headers);
  const json = { "content-type": "application/json", "set-cookie": "a=b" };
  switch (request.url) {
    case "/json":
      response.writeHead(200, json).end('{"issuer":"x"}');
      return;
    case "/redirect":
      response.writeHead(302, { location: "/json#there" }).end();
      return;
    case "/endless":
      // As fast as it is read, without an end.
      response.writeHead(200, json);
      {
        const push = () => {
          while (response.write("x".repeat(65_536)));
        };
        response.on("drain", push);
        push();
      }
      return;
    case "/slow":
      response.writeHead(200, json);
      response.write("{");
      return;
    case "/stream":
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("data: x\n\n");
      return;
    case "/bomb":
      response.writeHead(200, { ...json, "content-encoding": "gzip" }).end(zlib.gzipSync(Buffer.alloc(50_000_000, 32)));
      return;
    case "/broken":
      response.writeHead(200, { ...json, "content-encoding": "gzip" }).end("not gzip at all");
      return;
    case "/latin":
      response
        .writeHead(200, { "content-type": "application/json; charset=iso-8859-1" })
        .end(Buffer.from([0x7b, 0xe9, 0x7d]));
      return;
    case "/hangup":
      request.socket.destroy();
      return;
    default:
      return; // Never answers.
  }
});
server.on("connection", () => {
  connections += 1;
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const ask = (path: string, more: Partial<DiscoveryRequest> = {}) =>
  send({
    url: `${base}${path}`,
    method: "GET",
    headers: [{ name: "accept", value: "application/json" }],
    timeoutMs: 1_000,
    maxBytes: 256 * 1024,
    acceptsAddress: () => true,
    ...more,
  });

describe("the terminal's sender", () => {
  it("gives status, headers, body and address", async () => {
    const answer = await ask("/json");
    expect(answer).toMatchObject({
      kind: "answered",
      status: 200,
      body: { mimeType: "application/json", text: '{"issuer":"x"}' },
      address: "127.0.0.1",
    });
    expect(seen.at(-1)).not.toHaveProperty("cookie");
    expect(seen.at(-1)).not.toHaveProperty("authorization");
  });

  it("does not follow a redirect", async () => {
    const before = seen.length;
    expect(await ask("/redirect")).toMatchObject({ status: 302, redirectUrl: `${base}/json#there` });
    expect(seen.length).toBe(before + 1);
  });

  it.each([
    ["an endless body", "/endless", { kind: "answered", problem: "too-large" }],
    ["a compressed bomb", "/bomb", { kind: "answered", problem: "too-large" }],
    ["a body that stalls", "/slow", { kind: "answered", problem: "timeout" }],
    ["an answer that never begins", "/silence", { kind: "failed", error: "timeout" }],
    ["a connection that is closed", "/hangup", { kind: "failed", error: "ECONNRESET" }],
  ])("ends %s", async (_, path, expected) => {
    const answer = await ask(path);
    expect(answer).toMatchObject(expected);
    expect(answer).not.toHaveProperty("body");
  });

  it("reads no event stream", async () => {
    expect(await ask("/stream")).not.toHaveProperty("body");
  });

  it("reads a wrong charset and a broken encoding without failing", async () => {
    expect(await ask("/latin")).toMatchObject({ kind: "answered", body: { text: "{\ufffd}" } });
    expect(await ask("/broken")).toMatchObject({ kind: "answered", status: 200 });
  });

  it("connects to no address that a name must not resolve to", async () => {
    const before = connections;
    const asked: string[] = [];
    const answer = await send({
      url: base.replace("127.0.0.1", "localhost"),
      method: "GET",
      headers: [],
      timeoutMs: 1_000,
      maxBytes: 10,
      acceptsAddress(address) {
        asked.push(address);
        return false;
      },
    });
    expect(answer).toEqual({ kind: "failed", error: "refused:private-address" });
    expect(asked.length).toBeGreaterThan(0);
    expect(connections).toBe(before);
  });

  it("says the network's own code when nobody listens", async () => {
    expect(await ask("", { url: "http://127.0.0.1:1/" })).toEqual({ kind: "failed", error: "ECONNREFUSED" });
  });
});
