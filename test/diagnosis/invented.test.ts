import { expect, test } from "vitest";
import { headlineOf } from "@/lib/diagnosis/engine.ts";
import { diagnoseRaw, trace } from "../builders.ts";
import { inventedErrors } from "./invented-errors.ts";

const judged = inventedErrors.map(({ of, cause, request, page }) => {
  const [report] = diagnoseRaw(trace().authorizationRequest(request).page(page));
  const found = report && headlineOf(report.diagnosis.findings);
  return { of, cause, id: found?.id, certainty: found?.certainty };
});

test("servers that nobody told it about are mostly understood", () => {
  const right = judged.filter(({ id, cause }) => id === cause);
  expect(right.length / judged.length).toBeGreaterThanOrEqual(0.85);
});

test("what is misunderstood is never said with confidence", () => {
  expect(
    judged.filter(({ id, cause, certainty }) => id !== undefined && id !== cause && certainty !== "possible"),
  ).toEqual([]);
});
