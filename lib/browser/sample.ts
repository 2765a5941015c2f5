import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";

const at = Date.UTC(2026, 0, 15, 10, 2);
const base = { source: "import", session: "sample", tabId: 1, frameId: 0 } as const;
const url =
  "https://mcp.example.com/authorize?response_type=code&client_id=5b1e7a0c-8a43-4c39-9d17-0c2f6f1a7be2&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&redirect_uri=http%3A%2F%2Flocalhost%3A33418%2Fcallback&state=kQ3vT9wXz2LmN8pR4sYb6c&scope=mcp";

/** A made-up attempt, so that the first thing one sees is what a diagnosis looks like. */
const observations: readonly RawObservation[] = [
  { ...base, kind: "request", at, requestId: "1", method: "GET", url, type: "main_frame" },
  {
    ...base,
    kind: "response",
    at: at + 180,
    requestId: "1",
    url,
    status: 400,
    headers: [{ name: "content-type", value: "application/json" }],
  },
  {
    ...base,
    kind: "page",
    at: at + 210,
    requestId: "1",
    url,
    status: 400,
    contentType: "application/json",
    title: "",
    text: '{"error":"invalid_client","error_description":"Invalid client_id"}',
  },
];

export async function sampleReport(): Promise<FlowReport> {
  const redactor = createRedactor({ id: "sample", bytes: new Uint8Array(32) });
  const [report] = diagnose(
    observations.flatMap((observation) => redactor.redact(observation) ?? []),
    { asOf: at + 1_000 },
  );
  if (!report) throw new Error("The sample attempt gave no report");
  return report;
}
