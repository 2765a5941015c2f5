import { describe, expect, it } from "vitest";
import { clients } from "@/lib/clients/index.ts";
import { printUrl } from "@/lib/redaction/address.ts";
import { servers } from "@/lib/servers/index.ts";
import { redactPage, redactQuery, redactResponse, redactUrl, summarise } from "./redacting.ts";

const filled = (template: string) =>
  template
    .replaceAll("{port}", "33418")
    .replaceAll("{host}", "app.example")
    .replace(/\{\w+\}/g, "abc");

describe("what we know of clients and servers is readable after redaction", () => {
  it.each(clients.flatMap((client) => client.redirectUris.map(filled)))("redirect URI %s", (uri) => {
    const { value } = redactQuery("redirect_uri", uri);
    expect(value.kind === "url" && value.url.path).not.toContain("~");
    expect(value.kind === "url" && value.url.host).not.toContain("~");
  });

  it.each(clients.flatMap((client) => client.metadataDocuments.map(filled)))("client_id %s", (id) => {
    expect(summarise(redactQuery("client_id", id))).toBe(id);
    expect(redactUrl(id).path).not.toContain("~");
  });

  const prints = servers.flatMap((server) => server.fingerprints.map((print) => ({ ...print, id: server.id })));

  it.each(prints.flatMap((print) => (print.in === "path" ? [print] : [])))("path $includes of $id", ({ includes }) => {
    const url = redactUrl(
      `https://as.example${includes.endsWith("=") && !includes.startsWith("/") ? "/?" : ""}${includes.startsWith("/") || includes.endsWith("=") ? "" : "/"}${includes}`,
    );
    expect(printUrl(url)).toContain(includes);
  });

  it.each(prints.flatMap((print) => (print.in === "header" ? [print] : [])))(
    "header $name of $id",
    ({ name, includes = "" }) => {
      const value = name.toLowerCase() === "link" ? `<https://as.example/register>; rel="${includes}"` : includes;
      const { headers } = redactResponse({ headers: [{ name, value }] });
      const found = headers.find((header) => header.name === name.toLowerCase());
      expect(found && summarise(found).toLowerCase()).toContain(includes.toLowerCase());
    },
  );

  it.each(prints.flatMap((print) => (print.in === "cookie" ? [print] : [])))("cookie $prefix of $id", ({ prefix }) => {
    const { cookies } = redactResponse({ headers: [{ name: "set-cookie", value: `${prefix}k8Jd72mQx0Lw9Zt5=1` }] });
    expect(cookies?.[0]?.name.startsWith(prefix)).toBe(true);
    expect(cookies?.[0]?.name).not.toContain("k8Jd72mQx0");
  });

  it("keeps the words of every message template", () => {
    const texts = servers.flatMap((server) => server.messages.map(({ text }) => text.replace(/\{\w+\}/g, "client")));
    const masked = texts.filter((text) => text.length < 500 && /~\d+\.\w+~/.test(redactPage({ text }).excerpt));
    expect(masked).toEqual([]);
  });
});
