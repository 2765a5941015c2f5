import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { diagnoseRaw, redirectUri, server, trace } from "../builders.ts";
import { diagnoseImport, importText } from "../har/recordings.ts";
import { healthyAttempts } from "./healthy-attempts.ts";
import { closingPages, pagesOnTheWay } from "./healthy-pages.ts";

/** What must be empty, in a form that says what went wrong when it is not. */
const errorsOf = (reports: readonly FlowReport[]): string[] =>
  reports.flatMap(({ diagnosis }) => [
    ...diagnosis.findings
      .filter(({ severity }) => severity === "error")
      .map(({ id, certainty, summary }) => `${id} (${certainty}): ${summary}`),
    ...diagnosis.faults.map(({ id, message }) => `${id} threw: ${message}`),
  ]);
const statesOf = (reports: readonly FlowReport[]) => reports.map(({ diagnosis }) => diagnosis.state);

const posted = { kind: "form" as const, fields: [{ name: "t", value: "1" }] };

describe("a person who goes on", () => {
  test.each(pagesOnTheWay)("after %s", (_, page) => {
    const reports = diagnoseRaw(
      trace()
        .authorizationRequest()
        .page(page)
        .visits(`${server}/continue`, "POST", posted)
        .respondsWith()
        .page({ text: "You can close this window." }),
    );
    expect(errorsOf(reports)).toEqual([]);
    expect(statesOf(reports)).toEqual(["code-delivered"]);
  });
});

describe("a person who leaves", () => {
  test.each(pagesOnTheWay)("on %s", (_, page) => {
    const reports = diagnoseRaw(
      trace().authorizationRequest().redirectsTo(`${server}/interaction/1`).page(page).closesTab(),
    );
    expect(errorsOf(reports)).toEqual([]);
    expect(statesOf(reports)).toEqual(["incomplete"]);
  });
});

describe("a client that has the code and shows", () => {
  test.each(closingPages)("%s", (_, page) => {
    const reports = diagnoseRaw(
      trace().authorizationRequest().loginPage().visits(`${server}/login`, "POST", posted).respondsWith().page(page),
    );
    expect(errorsOf(reports)).toEqual([]);
    expect(statesOf(reports)).toEqual(["code-delivered"]);
  });
});

describe("a working attempt", () => {
  test.each(healthyAttempts.map((attempt) => [attempt.of, attempt] as const))(
    "with %s",
    (_, { trace: told, states }) => {
      const reports = diagnoseRaw(told);
      expect(errorsOf(reports)).toEqual([]);
      expect(statesOf(reports)).toEqual(states);
    },
  );
});

const folder = new URL("../fixtures/healthy/", import.meta.url);
interface Recording {
  readonly id: string;
  /** Of its attempts, in the order of their start. */
  readonly states: readonly string[];
  readonly har: unknown;
}
const recordings = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .flatMap((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Recording[]);

describe("a recording of a real server", () => {
  test.each(recordings.map((recording) => [recording.id, recording] as const))("%s", async (_, { har, states }) => {
    const reports = diagnoseImport(await importText(JSON.stringify(har)));
    expect(errorsOf(reports)).toEqual([]);
    expect(statesOf(reports).reverse()).toEqual(states);
  });

  // The badge is red while a person still reads the consent page, if what is known by then is misread.
  test.each(recordings.map((recording) => [recording.id, recording] as const))(
    "%s: at no moment on the way",
    async (_, { har }) => {
      const { observations } = await importText(JSON.stringify(har));
      for (const [index, { at }] of observations.entries()) {
        // An answer and its text are one entry of a recording.
        if (observations[index + 1]?.kind === "page") continue;
        const soFar = observations.slice(0, index + 1);
        expect(errorsOf(diagnose(soFar, { asOf: at }))).toEqual([]);
      }
    },
  );
});

test("there are enough of them", () => {
  expect(recordings.length).toBeGreaterThanOrEqual(100);
  expect(pagesOnTheWay.length + closingPages.length + healthyAttempts.length).toBeGreaterThanOrEqual(100);
  expect(redirectUri).toContain("callback");
});
