import { describe, expect, it } from "vitest";
import { readMetadata } from "@/lib/discovery/read.ts";
import { foldExchanges } from "@/lib/trace/fold.ts";
import { server, type Trace, trace } from "../builders.ts";
import { redactAll, resourceDocument, serverDocument } from "./web.ts";

const read = (built: Trace) => readMetadata(foldExchanges(redactAll(built.raw)));
const serverUrl = `${server}/.well-known/oauth-authorization-server`;
const purpose = "ladder/server-metadata/oauth-root";
const document = { ...serverDocument, issuer: server, authorization_endpoint: `${server}/authorize` };

describe("what became of a rung", () => {
  it.each<[string, Parameters<Trace["fetches"]>[1], string, string]>([
    ["a document", { answer: { json: document } }, "accepted", "Taken"],
    [
      "a document with problems",
      { answer: { json: { ...document, issuer: undefined } } },
      "accepted",
      "Taken, with 1 problem",
    ],
    ["a 404", { answer: { status: 404, text: "no" } }, "absent", "Nothing here (404)"],
    ["a 410", { answer: { status: 410, text: "no" } }, "absent", "Nothing here (410)"],
    ["a login", { answer: { status: 401, text: "no" } }, "denied", "without credentials"],
    [
      "a redirect",
      { answer: { status: 302, headers: { location: "https://login.example/" } } },
      "redirected",
      "https://login.example/",
    ],
    ["a failing server", { answer: { status: 503, text: "" } }, "serverError", "503"],
    ["a bad request", { answer: { status: 400, text: "" } }, "otherStatus", "400"],
    ["a page", { answer: { html: "<html></html>" } }, "notJson", "text/html"],
    ["an error in JSON", { answer: { json: { error: "not_found" } } }, "unusable", "without any member"],
    ["an empty object", { answer: { json: {} } }, "unusable", "without any member"],
    ["a refused connection", { error: "net::ERR_CONNECTION_REFUSED" }, "unreachable", "net::ERR_CONNECTION_REFUSED"],
    ["a time limit", { error: "timeout" }, "timedOut", "5 seconds"],
    ["a private address", { error: "refused:private-address" }, "notAsked", "private address"],
    ["a host that is not granted", { error: "refused:no-permission" }, "notAsked", "no access"],
  ])("%s", (_, options, outcome, verdict) => {
    const [rung] = read(trace().fetches(serverUrl, { ...options, purpose, source: "discovery" })).rungs;
    expect(rung).toMatchObject({ outcome, askedBy: "hopscope", rung: "server-metadata/oauth-root" });
    expect(rung?.verdict).toContain(verdict);
  });

  it("names a place by its URL when the client asked, and what it stands for", () => {
    const urls = [
      `${server}/.well-known/oauth-authorization-server`,
      `${server}/.well-known/oauth-authorization-server/t`,
      `${server}/t/.well-known/oauth-authorization-server`,
      `${server}/.well-known/openid-configuration`,
      `${server}/.well-known/openid-configuration/t`,
      `${server}/t/.well-known/openid-configuration`,
      `${server}/.well-known/oauth-protected-resource`,
      `${server}/.well-known/oauth-protected-resource/mcp`,
      `${server}/mcp/.well-known/oauth-protected-resource`,
    ];
    const built = trace();
    for (const url of urls) built.metadata(url, { status: 404, text: "no" });
    built.fetches(`${server}/other`, { answer: { json: {} } });
    expect(read(built).rungs.map(({ askedBy, isDemanded, rung }) => `${rung} ${askedBy} ${isDemanded}`)).toEqual(
      [
        "server-metadata/oauth-root",
        "server-metadata/oauth-inserted",
        "server-metadata/oauth-appended",
        "server-metadata/openid-root",
        "server-metadata/openid-inserted",
        "server-metadata/openid-appended",
        "resource-metadata/root",
        "resource-metadata/inserted",
        "resource-metadata/appended",
      ].map((name) => `${name} client true`),
    );
  });

  it("does not take a body that the browser hid for an absent one", () => {
    const built = trace();
    built.raw.push(
      {
        kind: "request",
        source: "browser",
        session: "one",
        at: 1,
        requestId: "x",
        method: "GET",
        type: "fetch",
        url: serverUrl,
      },
      {
        kind: "response",
        source: "browser",
        session: "one",
        at: 2,
        requestId: "x",
        url: serverUrl,
        status: 200,
        headers: [],
      },
    );
    expect(read(built).rungs[0]).toMatchObject({ outcome: "unread", askedBy: "client" });
  });

  it("keeps how old an answer is and may become", () => {
    const headers = { age: "120", "cache-control": "public, max-age=3600" };
    expect(read(trace().metadata(serverUrl, { json: document, headers }, purpose)).rungs[0]).toMatchObject({
      age: 120,
      maxAge: 3600,
    });
  });
});

describe("which server document belongs to the attempt", () => {
  const other = {
    ...serverDocument,
    issuer: "https://other.example",
    authorization_endpoint: "https://other.example/authorize",
  };
  const otherUrl = "https://other.example/.well-known/oauth-authorization-server";

  it("is the one that names the endpoint that was asked", () => {
    const built = trace()
      .metadata(otherUrl, { json: other })
      .metadata(serverUrl, { json: document })
      .authorizationRequest();
    const { server: chosen, servers } = read(built);
    expect(chosen?.urlText).toBe(serverUrl);
    expect(servers).toHaveLength(2);
  });

  it("is, without an attempt, the first that the resource metadata names", () => {
    const built = trace()
      .metadata(otherUrl, { json: other })
      .metadata(serverUrl, { json: document })
      .metadata("https://mcp.example/.well-known/oauth-protected-resource/mcp", {
        json: { ...resourceDocument, authorization_servers: [server] },
      });
    expect(read(built).server).toMatchObject({
      urlText: serverUrl,
      expectedIssuer: { issuer: server, from: "resource-metadata" },
    });
  });

  it("takes the spelling that the document confirms, of two that share a place", () => {
    const built = trace()
      .metadata(serverUrl, { json: document })
      .metadata("https://mcp.example/.well-known/oauth-protected-resource/mcp", {
        json: { ...resourceDocument, authorization_servers: [`${server}/`, server] },
      });
    expect(read(built).server?.expectedIssuer?.issuer).toBe(server);
  });
});
