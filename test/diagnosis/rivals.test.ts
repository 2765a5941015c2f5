import { describe, expect, test } from "vitest";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import { headlineOf } from "@/lib/diagnosis/engine.ts";
import type { Diagnosis, Finding } from "@/lib/diagnosis/rule.ts";
import { rules } from "@/lib/diagnosis/rules/index.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { diagnoseRaw, trace } from "../builders.ts";
import { hostedRows } from "../knowledge/corpus.ts";
import { fromHostedRow } from "../knowledge/rows.ts";

type Page = Parameters<ReturnType<typeof trace>["page"]>[0];

function headline(page: Page, request: Readonly<Record<string, string>> = {}): Finding {
  const [report] = diagnoseRaw(trace().authorizationRequest(request).page(page));
  const found = report && headlineOf(report.diagnosis.findings);
  if (!found) throw new Error("the page has no finding");
  return found;
}

const rivalsOf = ({ rivals }: Finding): string[] => rivals.map(({ id }) => id);

const expectSeparable = ({ rivals }: Finding): void => {
  for (const { id, separatedBy } of rivals) {
    expect(rules.map((rule) => rule.id)).toContain(id);
    expect(separatedBy.length, id).toBeGreaterThan(20);
  }
};

const fastMcp: Page = {
  status: 400,
  html: "<title>Client Not Registered</title><h1>Client Not Registered</h1><p>The client ID <code>x</code> was not found in the server's client registry.</p>",
};
const document = "https://client.example/oauth/client-metadata.json";
const google = "123456789012-abcdefghijklmnop.apps.googleusercontent.com";

interface Shared {
  readonly of: string;
  readonly page: Page;
  readonly request?: Readonly<Record<string, string>>;
  readonly first: string;
  readonly rivals: readonly string[];
}

describe("words that several causes share", () => {
  test.each<Shared>([
    {
      of: "Unknown client or redirect_uri",
      page: { status: 400, text: "Unknown client or redirect_uri" },
      first: "unknown-client",
      rivals: ["redirect-uri-not-registered"],
    },
    {
      of: "Keycloak's redirect_uri for a client it does not know",
      page: {
        status: 400,
        html: "<title>Sign in to main</title><h1 id='kc-page-title'>We are sorry...</h1><p class='instruction'>Invalid parameter: redirect_uri</p>",
      },
      first: "redirect-uri-not-registered",
      rivals: ["unknown-client"],
    },
    {
      of: "a server that trips over what it cannot find",
      page: { status: 500, text: "Internal Server Error" },
      first: "authorization-server-error",
      rivals: ["unknown-client"],
    },
    {
      of: "FastMCP's page for a URL: the document comes first",
      page: fastMcp,
      request: { client_id: document },
      first: "client-metadata-unreachable",
      rivals: ["unknown-client"],
    },
    {
      of: "FastMCP's page for an id of the upstream's form",
      page: fastMcp,
      request: { client_id: google },
      first: "upstream-client-id-used",
      rivals: ["unknown-client"],
    },
    {
      of: "a client that is unknown or may not",
      page: { status: 400, text: "The client application is not known or is not authorized." },
      first: "unknown-client",
      rivals: ["client-not-allowed"],
    },
    {
      of: "either of two parameters",
      page: { status: 400, text: "invalid client_id or redirect_uri" },
      first: "unknown-client",
      rivals: ["redirect-uri-not-registered"],
    },
  ])("$of", ({ page, request, first, rivals }) => {
    const found = headline(page, request);
    expect(found.id).toBe(first);
    expect(found.certainty).not.toBe("proven");
    expect(rivalsOf(found)).toEqual(expect.arrayContaining([...rivals]));
    expectSeparable(found);
  });
});

describe("the shape of client_id decides first", () => {
  test("an id that the server made up itself leaves the instances and the loss to be told apart", () => {
    const [report] = diagnoseRaw(
      trace().authorizationRequest({ client_id: "6f1c7a52-0d4e-4b8a-9f3e-2b7d5c1a8e90" }).page(fastMcp),
    );
    const { findings, unsettled } = report?.diagnosis ?? ({ findings: [], unsettled: [] } as unknown as Diagnosis);
    expect(headlineOf(findings)).toMatchObject({ id: "unknown-client", certainty: "likely" });
    const questions = new Map(unsettled.map(({ id, settledBy }) => [id, settledBy]));
    for (const id of ["client-known-to-some-instances", "client-registration-lost"]) {
      expect(questions.get(id)?.length, id).toBeGreaterThan(20);
    }
    expect(findings.map(({ id }) => id)).not.toContain("client-metadata-unreachable");
  });

  test("a URL makes the document the cause, and no instance is suspected before it", () => {
    expect(headline(fastMcp, { client_id: document }).id).toBe("client-metadata-unreachable");
    expect(headline({ status: 400, text: "Client not found." }, { client_id: document }).id).toMatch(
      /^(?:client-metadata-unreachable|unknown-client)$/,
    );
    expect(rivalsOf(headline({ status: 400, text: "Client not found." }, { client_id: document })).join()).toMatch(
      /client-metadata-unreachable|unknown-client/,
    );
  });
});

/** What the request shows, the protocol's own refusal, and that the client's page failed, need no words to be so. */
const shownOtherwise = new Set(["redirect-uri-missing", "client-id-missing", "access-denied", "callback-failed"]);

describe("rows of the corpus whose words mislead", () => {
  const rows = hostedRows.filter(({ misleading }) => misleading).flatMap((row) => fromHostedRow(row) ?? []);

  test("there are many", () => {
    expect(rows.length).toBeGreaterThan(40);
  });

  test.each(rows.map((scenario) => [scenario.name, scenario] as const))("%s", (_, { observations }) => {
    const redactor = createRedactor({ id: "k", bytes: new Uint8Array(32).fill(7) });
    const [report] = diagnose(
      observations.flatMap((raw) => redactor.redact(raw) ?? []),
      { asOf: 1_760_000_600_000 },
    );
    const found = report && headlineOf(report.diagnosis.findings);
    expect(found).toBeDefined();
    if (!found) return;
    if (!shownOtherwise.has(found.id)) expect(found.certainty).not.toBe("proven");
    expectSeparable(found);
  });
});
