import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { headlineOf } from "@/lib/diagnosis/engine.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { diagnoseRaw, server, type Trace, trace } from "../builders.ts";

// Pages and answers of some hundred servers, gateways and clients that the data files know nothing of, written down with what
// is right to say of them before any was judged. What was told wrong then was mended by general words and rules only.

interface Shown {
  readonly status?: number;
  readonly html?: string;
  readonly text?: string;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
}

interface Failure {
  readonly of: string;
  /** Ids of headlines that are right, best first. */
  readonly expected: readonly string[];
  readonly where: "authorize" | "response" | "callback" | "token" | "registration";
  readonly endpoint?: string;
  /** Parameters of the authorization request that differ; null leaves one out. */
  readonly request?: Readonly<Record<string, string | null>>;
  /** A page of its own that the server redirects to first. */
  readonly via?: string;
  readonly response?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly answer: Shown;
}

interface HealthyPage {
  readonly of: string;
  readonly where: "way" | "client";
  readonly endpoint?: string;
  readonly answer: Shown;
}

const read = <Row>(name: string): readonly Row[] =>
  readFileSync(new URL(`../fixtures/other-servers/${name}.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);

const done = { text: "You can close this window." };
const posted = { kind: "form" as const, fields: [{ name: "t", value: "1" }] };

function traceOf({ where, endpoint, request = {}, via, response, form = {}, answer }: Failure): Trace {
  const started = trace();
  if (where === "registration") return started.registration({}, answer);
  const parameters = Object.fromEntries(Object.entries(request).map(([name, value]) => [name, value ?? undefined]));
  started.authorizationRequest(parameters, endpoint === undefined ? {} : { endpoint });
  switch (where) {
    case "response":
      return started.respondsWith({ code: undefined, ...response }).page({ text: "Sign in" });
    case "token":
      return started.loginPage().respondsWith().page(done).tokenRequest(form, answer);
    case "callback":
      return started.loginPage().respondsWith().page(answer);
    case "authorize":
      return (via === undefined ? started : started.redirectsTo(via)).page(answer);
  }
}

describe("failures", () => {
  const judged = read<Failure>("failures").map((failure) => {
    const found = diagnoseRaw(traceOf(failure)).flatMap(({ diagnosis }) => headlineOf(diagnosis.findings) ?? [])[0];
    return {
      of: failure.of,
      said: found?.id ?? "nothing",
      certainty: found?.certainty,
      isRight: found !== undefined && failure.expected.includes(found.id),
    };
  });

  test("are told right", () => {
    expect(judged.length).toBeGreaterThan(300);
    expect(judged.filter(({ isRight }) => isRight).length / judged.length).toBeGreaterThanOrEqual(0.97);
  });

  test("are never told wrong with confidence", () => {
    expect(
      judged.filter(({ isRight, certainty }) => !isRight && certainty !== undefined && certainty !== "possible"),
    ).toEqual([]);
  });
});

/** As a recording holds it, and as the browser shows it. */
const shownBoth = (answer: Shown): readonly Shown[] => {
  if (answer.html === undefined) return [answer];
  const { html, ...rest } = answer;
  return [answer, { ...rest, ...readHtml(html) }];
};

describe("pages of attempts that work accuse nobody", () => {
  const pages = read<HealthyPage>("healthy");
  const errorsOf = (built: Trace): string[] =>
    diagnoseRaw(built).flatMap(({ diagnosis }) =>
      diagnosis.findings.flatMap(({ severity, id, summary }) => (severity === "error" ? `${id}: ${summary}` : [])),
    );
  const on = (where: HealthyPage["where"]) =>
    pages.filter((page) => page.where === where).map((page) => [page.of, page] as const);

  test.each(on("way"))("%s", (_, { endpoint, answer }) => {
    for (const shown of shownBoth(answer)) {
      const start = () => trace().authorizationRequest({}, endpoint === undefined ? {} : { endpoint });
      expect(errorsOf(start().page(shown))).toEqual([]);
      expect(errorsOf(start().redirectsTo(`${server}/interaction/1`).page(shown).closesTab())).toEqual([]);
      expect(errorsOf(start().loginPage().visits(`${server}/login`, "POST", posted).page(shown))).toEqual([]);
      expect(
        errorsOf(start().page(shown).visits(`${server}/continue`, "POST", posted).respondsWith().page(done)),
      ).toEqual([]);
    }
  });

  test.each(on("client"))("at the client: %s", (_, { answer }) => {
    for (const shown of shownBoth(answer)) {
      expect(
        errorsOf(
          trace()
            .authorizationRequest()
            .loginPage()
            .visits(`${server}/login`, "POST", posted)
            .respondsWith()
            .page(shown),
        ),
      ).toEqual([]);
    }
  });
});
