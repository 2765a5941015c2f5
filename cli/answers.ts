import { sayAgreement, sayBursts } from "@/lib/diagnosis/probed.ts";
import type { InstanceReading } from "@/lib/probes/instance-consistency.ts";
import type { KnownClientReading, OracleName } from "@/lib/probes/known-client.ts";
import { type Paint, printFindings } from "@/lib/report/text.ts";
import { toVisibleText } from "@/lib/report/visible-text.ts";
import type { Asking, AskOptions } from "./asking.ts";

/** What was found out, with the odds, and what is to be done. */
export function printAnswers(asking: Asking, options: AskOptions, paint: Paint): string {
  const report = asking.report();
  const { knownClient, instances } = asking.readings() ?? {};
  const lines = [
    "",
    paint.strong("Does the server know this client?"),
    ...sayKnown(knownClient, instances),
    "",
    paint.strong("Do all instances agree?"),
    ...(instances ? sayInstances(instances) : ["  Not asked."]),
    "",
    `${asking.sent} requests were sent.${asking.stopped === "rate-limited" ? " The server asked for fewer (429), so no more were." : ""}`,
  ];
  if (!report) return `${lines.join("\n")}\n`;
  const findings = asking.errors(options);
  const asked = { ...report, diagnosis: { ...report.diagnosis, findings, unsettled: asking.unsettled() } };
  const summary = findings.length === 0 ? `${paint.good("Nothing wrong was found with the client.")}\n` : "";
  return `${lines.join("\n")}\n${summary}${printFindings(asked, paint)}`;
}

const verdicts: Readonly<Record<KnownClientReading["verdict"], string>> = {
  known: "Yes: it is answered differently from a random client_id.",
  unknown: "No: it is answered like a random client_id.",
  mixed: "By turns, or the server fails when it looks the client up.",
  cannotTell: "The answers do not tell.",
};

function sayKnown(known: KnownClientReading | undefined, instances: InstanceReading | undefined): string[] {
  if (!known) return ["  Not asked."];
  // One answer of each kind says nothing once more of them have disagreed.
  const verdict = /disagree|crash/i.test(instances?.verdict ?? "") ? "mixed" : known.verdict;
  const answers = known.oracles.flatMap(({ oracle, suspect, control }) =>
    [
      ["this client", suspect[0]],
      ["a random client_id", control[0]],
    ].flatMap(([who, draw]) =>
      typeof draw === "object" ? [`    ${oracleNames[oracle]}, ${who}: ${oneLine(draw.says).slice(0, 160)}`] : [],
    ),
  );
  return [`  ${verdicts[verdict]}`, ...answers];
}

const oracleNames: Readonly<Record<OracleName, string>> = {
  redirect: "redirect_uri that nobody registered",
  token: "code that never existed",
  original: "redirect_uri as given",
};

function sayInstances(reading: InstanceReading): string[] {
  switch (reading.verdict) {
    case "agreeKnown":
    case "agreeUnknown":
    case "cannotTell":
      return [`  ${sayAgreement(reading)}`];
    case "disagree":
    case "crash":
      return [
        `  No: ${sayBursts(reading)}.`,
        "  With --repeat they are asked again after 90 seconds, which tells a lasting disagreement from a passing one.",
      ];
    case "stillDisagree":
    case "stillCrash":
      return [`  No, and still not after 90 seconds: ${sayBursts(reading)}.`];
  }
}

const oneLine = (text: string): string => toVisibleText(text.replace(/\s+/g, " ")).trim();
