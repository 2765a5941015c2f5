import { CodeBlock } from "@/components/parts/CodeBlock.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { sayAgreement } from "@/lib/diagnosis/probed.ts";
import type { QuestionId } from "@/lib/probes/questions.ts";
import type { ProbeReadings } from "@/lib/probes/read.ts";
import { Lines, Oracles, Said } from "./AnswerParts.tsx";
import { strings } from "./strings.ts";
import { terminalCommand } from "./terminal-command.ts";

const { answers } = strings;

/** What the server answered, as far as it was asked; nothing otherwise. */
export function Answer({ id, report }: { readonly id: QuestionId; readonly report: FlowReport }) {
  const { probes } = report.facts;
  const sentence = probes.status === "observed" ? sentenceOf(id, probes.value) : undefined;
  if (probes.status !== "observed" || sentence === undefined) return null;
  return (
    <div className="answer" data-answer={id}>
      <p className="answer-sentence">{sentence}</p>
      <Details id={id} readings={probes.value} report={report} />
    </div>
  );
}

function sentenceOf(id: QuestionId, readings: ProbeReadings): string | undefined {
  const { knownClient, instances, endpoints, redirectUris, loopback, clientMetadata, clientAllowList, canary } =
    readings;
  switch (id) {
    case "known-client":
      return (
        knownClient &&
        answers.knownClient[
          knownClient.verdict === "unknown" && !knownClient.isRefusalAboutClient ? "alike" : knownClient.verdict
        ]
      );
    case "instances":
      return instances && answers.instances[instances.verdict];
    case "endpoints":
      return (
        endpoints && answers.endpoints(endpoints.filter(({ isReachable }) => isReachable).length, endpoints.length)
      );
    case "redirect-uris":
      return (
        redirectUris &&
        answers.redirectUris(redirectUris.filter(({ verdict }) => verdict === "accepted").length, redirectUris.length)
      );
    case "loopback-port":
      return loopback && answers.loopback[loopback.port];
    case "client-metadata":
      return clientMetadata && answers.clientMetadata[clientMetadata.verdict];
    case "registration":
      return clientAllowList && answers.registration[clientAllowList.verdict];
    case "canary":
      return (
        canary &&
        (canary.known + canary.unknown === 0 ? answers.canaryRefused : answers.canary(canary.known, canary.unknown))
      );
  }
}

interface DetailsProps {
  readonly id: QuestionId;
  readonly readings: ProbeReadings;
  readonly report: FlowReport;
}

function Details({ id, readings, report }: DetailsProps) {
  const { knownClient, instances, endpoints, redirectUris, loopback, clientAllowList, canary } = readings;
  switch (id) {
    case "known-client":
      return knownClient ? <Oracles oracles={knownClient.oracles} /> : null;
    case "instances": {
      if (!instances) return null;
      const command = terminalCommand(report);
      const isAgreed = instances.verdict === "agreeKnown" || instances.verdict === "agreeUnknown";
      return (
        <>
          {isAgreed && <p>{sayAgreement(instances)}</p>}
          <Oracles oracles={instances.bursts.flatMap(({ oracles }) => oracles)} />
          {command !== undefined && (
            <>
              <p>{answers.terminal}</p>
              <CodeBlock language="shell" text={command} />
            </>
          )}
        </>
      );
    }
    case "endpoints":
      return (
        <Lines
          lines={(endpoints ?? []).map(({ name, url, status, error, isReachable }) => ({
            key: name,
            icon: isReachable ? "check" : "cross",
            verdict: isReachable ? answers.reachable.yes : answers.reachable.no,
            subject: url,
            says: `${name}: ${status ?? error ?? ""}`,
          }))}
        />
      );
    case "redirect-uris":
      return (
        <Lines
          lines={(redirectUris ?? []).map(({ redirectUri, verdict, says }) => ({
            key: redirectUri,
            icon: verdict === "accepted" ? "check" : verdict === "refused" ? "cross" : "dash",
            verdict: answers.redirectVerdicts[verdict],
            subject: redirectUri,
            says,
          }))}
        />
      );
    case "loopback-port":
      return (
        <>
          {loopback?.isNameInterchangeable !== undefined && (
            <p>{loopback.isNameInterchangeable ? answers.localhost.yes : answers.localhost.no}</p>
          )}
          {loopback && <Said text={loopback.says} />}
        </>
      );
    case "client-metadata":
      return null;
    case "registration":
      return (
        <>
          {clientAllowList && <Said text={clientAllowList.plain.says} />}
          {clientAllowList && <Said text={clientAllowList.compared.says} />}
        </>
      );
    case "canary":
      return canary && !canary.registration.isAccepted ? <Said text={canary.registration.says} /> : null;
  }
}
