import { describe, expect, it } from "vitest";
import { type Comparison, compareWithMetadata } from "@/lib/discovery/compare.ts";
import { readMetadata } from "@/lib/discovery/read.ts";
import { foldExchanges } from "@/lib/trace/fold.ts";
import { diagnoseRaw, redirectUri, server, trace } from "../builders.ts";
import { redactAll } from "./web.ts";

const document = {
  issuer: server,
  authorization_endpoint: `${server}/authorize`,
  token_endpoint: `${server}/token`,
  response_types_supported: ["code"],
  code_challenge_methods_supported: ["S256"],
  scopes_supported: ["openid", "profile"],
};
const metadataUrl = `${server}/.well-known/oauth-authorization-server`;
const resourceUrl = "https://mcp.example/.well-known/oauth-protected-resource/mcp";
const resource = "https://mcp.example/mcp";

interface Told {
  readonly request?: Readonly<Record<string, string | undefined>>;
  readonly endpoint?: string;
  readonly response?: Readonly<Record<string, string | undefined>>;
  readonly server?: Readonly<Record<string, unknown>>;
  readonly resource?: Readonly<Record<string, unknown>>;
  readonly token?: Readonly<Record<string, string | undefined>>;
}

/** The comparisons of one attempt, from its raw requests through redaction and facts. */
function compare(told: Told): Comparison[] {
  const built = trace().metadata(metadataUrl, { json: { ...document, ...told.server } });
  if (told.resource) built.metadata(resourceUrl, { json: told.resource });
  built.authorizationRequest(told.request, told.endpoint === undefined ? {} : { endpoint: told.endpoint });
  if (told.response) built.respondsWith(told.response).page({});
  if (told.token) built.tokenRequest(told.token, { json: { access_token: "x", token_type: "Bearer" } });
  const [report] = diagnoseRaw(built);
  if (report?.facts.request.status !== "observed") throw new Error("no request");
  const { request, response, tokens } = report.facts;
  return compareWithMetadata(
    {
      request: request.value,
      ...(response.status === "observed" && { response: response.value }),
      ...(tokens.status === "observed" && { tokens: tokens.value }),
    },
    // Of all exchanges: whether a metadata request belongs to the attempt is correlation's question.
    readMetadata(foldExchanges(redactAll(built.raw))),
  );
}

const one = (told: Told, parameter: string): Comparison | undefined =>
  compare(told).find((comparison) => comparison.parameter === parameter);

describe("a request that agrees with its metadata", () => {
  it("agrees in everything that metadata speaks of", () => {
    const all = compare({
      request: { resource },
      resource: { resource, authorization_servers: [server] },
      response: { iss: server },
    });
    expect(all.map(({ parameter, verdict }) => `${parameter} ${verdict}`).sort()).toEqual([
      "authorization_endpoint agrees",
      "code_challenge_method agrees",
      "iss agrees",
      "resource agrees",
      "response_type agrees",
      "scope agrees",
    ]);
  });
});

describe("each parameter beside its metadata", () => {
  it.each<[string, string, Told, Partial<Comparison>]>([
    [
      "another path",
      "authorization_endpoint",
      { endpoint: `${server}/login` },
      { verdict: "contradicts", sent: `${server}/login`, advertised: `${server}/authorize`, differences: ["path"] },
    ],
    [
      "another host",
      "authorization_endpoint",
      { server: { authorization_endpoint: "https://old.example/authorize" } },
      { verdict: "contradicts", differences: ["host"] },
    ],
    [
      "a default port and capital letters that the browser removes",
      "authorization_endpoint",
      { server: { authorization_endpoint: "https://AUTH.example:443/authorize" } },
      { verdict: "agrees" },
    ],
    [
      "an endpoint with a query of its own",
      "authorization_endpoint",
      { server: { authorization_endpoint: `${server}/authorize?tenant=a` } },
      { verdict: "agrees" },
    ],
    [
      "a response type that is not listed",
      "response_type",
      { request: { response_type: "token" } },
      { verdict: "contradicts", advertised: "code", unlisted: ["token"] },
    ],
    [
      "a response type in another order",
      "response_type",
      {
        request: { response_type: "id_token code", nonce: "abcdefghijkl" },
        server: { response_types_supported: ["code id_token"] },
      },
      { verdict: "agrees" },
    ],
    [
      "a response mode against the default list",
      "response_mode",
      { request: { response_mode: "form_post" } },
      { verdict: "contradicts", advertised: "query, fragment" },
    ],
    [
      "a response mode that is listed",
      "response_mode",
      { request: { response_mode: "form_post" }, server: { response_modes_supported: ["form_post"] } },
      { verdict: "agrees" },
    ],
    [
      "a prompt that is not listed",
      "prompt",
      { request: { prompt: "login consent" }, server: { prompt_values_supported: ["login"] } },
      { verdict: "contradicts", unlisted: ["consent"] },
    ],
    ["a prompt without a list", "prompt", { request: { prompt: "login" } }, { verdict: "notAdvertised" }],
    [
      "a scope that no list has",
      "scope",
      { request: { scope: "openid admin" } },
      { verdict: "notListed", sent: "openid admin", advertised: "openid profile", unlisted: ["admin"] },
    ],
    [
      "offline_access that is not offered",
      "scope",
      { request: { scope: "openid offline_access" } },
      { verdict: "notListed", unlisted: ["offline_access"] },
    ],
    [
      "a scope that only the resource metadata lists",
      "scope",
      { request: { scope: "mcp" }, resource: { resource, authorization_servers: [server], scopes_supported: ["mcp"] } },
      { verdict: "agrees" },
    ],
    [
      "S256 that is not offered",
      "code_challenge_method",
      { server: { code_challenge_methods_supported: ["plain"] } },
      { verdict: "contradicts", sent: "S256", advertised: "plain" },
    ],
    [
      "a challenge without a method, which is plain",
      "code_challenge_method",
      { request: { code_challenge_method: undefined } },
      { verdict: "contradicts", sent: "plain", advertised: "S256" },
    ],
    [
      "PKCE that is not advertised",
      "code_challenge_method",
      { server: { code_challenge_methods_supported: undefined } },
      { verdict: "notAdvertised" },
    ],
    [
      "PKCE that is offered and not used",
      "code_challenge_method",
      { request: { code_challenge: undefined, code_challenge_method: undefined } },
      { verdict: "notListed" },
    ],
    [
      "a resource with a slash",
      "resource",
      { request: { resource: `${resource}/` }, resource: { resource, authorization_servers: [server] } },
      { verdict: "contradicts", differences: ["trailing slash"] },
    ],
    [
      "a resource of another host",
      "resource",
      { request: { resource: "https://other.example/mcp" }, resource: { resource, authorization_servers: [server] } },
      { verdict: "contradicts", differences: ["host"] },
    ],
    [
      "no resource where resource metadata names one",
      "resource",
      { resource: { resource, authorization_servers: [server] } },
      { verdict: "notListed" },
    ],
    [
      "an iss with a slash",
      "iss",
      { response: { iss: `${server}/` } },
      { verdict: "contradicts", differences: ["trailing slash"] },
    ],
    [
      "iss that is promised and absent",
      "iss",
      { response: {}, server: { authorization_response_iss_parameter_supported: true } },
      { verdict: "contradicts" },
    ],
    [
      "a client_id that is a URL the server does not accept",
      "client_id",
      { request: { client_id: "https://client.example/c.json" } },
      { verdict: "contradicts" },
    ],
    [
      "a client_id that is a URL the server accepts",
      "client_id",
      {
        request: { client_id: "https://client.example/c.json" },
        server: { client_id_metadata_document_supported: true },
      },
      { verdict: "agrees" },
    ],
    [
      "a request that was not pushed",
      "request_uri",
      { server: { require_pushed_authorization_requests: true } },
      { verdict: "contradicts" },
    ],
    [
      "a secret in the body where only Basic is listed",
      "token_endpoint_auth_method",
      {
        response: {},
        token: { client_secret: "7Fjfp0ZBr1KtDRbnfVdmIw9q2" },
        server: { token_endpoint_auth_methods_supported: ["client_secret_basic"] },
      },
      { verdict: "contradicts", sent: "client_secret_post" },
    ],
  ])("%s", (_, parameter, told, expected) => {
    expect(one(told, parameter)).toMatchObject(expected);
  });

  it("puts the redirect URI beside those of the client's own document, ports of loopback left free", () => {
    const clientId = "https://client.example/c.json";
    const redirectUris = ["http://127.0.0.1/callback"];
    const verdictFor = (redirect: string) => {
      const built = trace()
        .metadata(metadataUrl, { json: document })
        .metadata(
          clientId,
          { json: { client_id: clientId, client_name: "C", redirect_uris: redirectUris } },
          "ladder/client-metadata/document",
        )
        .authorizationRequest({ client_id: clientId, redirect_uri: redirect });
      const [report] = diagnoseRaw(built);
      if (report?.facts.request.status !== "observed") throw new Error("no request");
      const metadata = readMetadata(report.flow.legs.map(({ exchange }) => exchange));
      return compareWithMetadata({ request: report.facts.request.value }, metadata).find(
        ({ parameter }) => parameter === "redirect_uri",
      )?.verdict;
    };
    expect(verdictFor("http://127.0.0.1:33418/callback")).toBe("agrees");
    expect(verdictFor("http://127.0.0.1/other")).toBe("contradicts");
    expect(verdictFor(redirectUri)).toBe("contradicts");
  });

  it("says nothing of metadata that was never seen", () => {
    const [report] = diagnoseRaw(trace().authorizationRequest());
    expect(report?.facts.metadata.status).toBe("missing");
  });

  it("never puts a secret into a comparison", () => {
    const all = compare({ request: { client_id: "https://client.example/c.json" }, response: { iss: server } });
    const printed = JSON.stringify(all);
    for (const name of ["af0ifjsldkj", "E9Melhoa2Owv", "SplxlOBeZQQ"]) expect(printed).not.toContain(name);
  });
});
