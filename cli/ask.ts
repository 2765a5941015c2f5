import { planCanaryDraws } from "@/lib/probes/canary.ts";
import { burstSize, chanceOfAgreement, drawsFor, planBurst, repeatAfter } from "@/lib/probes/instance-consistency.ts";
import { type KnownClientReading, type OracleName, planKnownClient } from "@/lib/probes/known-client.ts";
import { coloured, plain } from "@/lib/report/text.ts";
import { toVisibleText } from "@/lib/report/visible-text.ts";
import { printAnswers } from "./answers.ts";
import {
  Asking,
  type AskOptions,
  type AskSurroundings,
  type Ladder,
  parallel,
  random,
  type Start,
  startOf,
} from "./asking.ts";
import { isAgreed } from "./consent.ts";
import { deleteOwn, registerOwn, sayOwn } from "./register.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Asks the authorization server of a finished ladder about a client, after saying what will be sent and being told to go on.
 * 0 no failure found, 1 failure found, 2 nothing was asked.
 */
export async function runAsk(
  terminal: Terminal,
  ladder: Ladder,
  options: AskOptions,
  surroundings: AskSurroundings,
): Promise<number> {
  const paint = terminal.hasColours ? coloured : plain;
  const start = startOf(ladder.report, options);
  if (typeof start === "string") {
    terminal.err(`${start}\n`);
    return 2;
  }
  terminal.out(`\n${announce(start, options)}`);
  if (!(await isAgreed(terminal, options, "Send them?"))) return 2;
  const asking = new Asking(ladder, start, surroundings);
  const made = options.register ? await registerOwn(terminal, asking, start, options) : undefined;
  const clientId = options.clientId ?? made?.clientId;
  if (clientId === undefined) {
    terminal.err("There is no client to ask about.\n");
    return 2;
  }
  await asking.attempt(clientId, options.redirectUri ?? made?.redirectUri);
  await asking.probe(planKnownClient(asking.subject(), random).requests);
  const known = asking.readings()?.knownClient;
  const oracles = tellingOracles(known);
  const size = drawsFor(options.instances, 0.01);
  const burst = (number: number) => asking.probe(planBurst(asking.subject(), number, size, random, oracles).requests);
  await burst(1);
  const first = asking.readings()?.instances?.verdict;
  if (options.repeat && (first === "disagree" || first === "crash")) {
    terminal.out("The answers disagree; asking once more in 90 seconds.\n");
    await surroundings.wait(repeatAfter);
    await burst(2);
  }
  if (made && options.clientId !== undefined) {
    await asking.probe(planCanaryDraws(asking.subject(), made.clientId, burstSize, random).requests);
  }
  const isDeleted = made !== undefined && (await deleteOwn(asking, made));
  terminal.out(printAnswers(asking, options, paint));
  if (made) terminal.out(sayOwn(made, isDeleted));
  return asking.errors(options).length > 0 ? 1 : 0;
}

function announce(start: Start, options: AskOptions): string {
  const { clientId = "own", instances, redirectUri, register, repeat } = options;
  const subject = { ...start, clientId, ...(redirectUri !== undefined && { redirectUri }) };
  const size = drawsFor(instances, 0.01);
  const known = planKnownClient(subject, random).requests.length;
  const burst = planBurst(subject, 1, size, random).requests.length;
  const bursts = repeat ? 2 * burst : burst;
  const canary = register ? 2 + (options.clientId === undefined ? 0 : burstSize) : 0;
  const hosts = [start.authorizationEndpoint, start.tokenEndpoint, ...(register ? [start.registrationEndpoint] : [])];
  const names = [...new Set(hosts.flatMap((url) => (url === undefined ? [] : [new URL(url).host])))];
  const percent = (100 * chanceOfAgreement(instances, size)).toFixed(1);
  return [
    `Asking ${names.map(toVisibleText).join(" and ")} about ${options.clientId === undefined ? "a client of our own" : `client_id ${toVisibleText(clientId)}`}: at most ${1 + known + bursts + canary} requests, ${parallel} at a time, each on a connection of its own, without credentials. No redirect is followed, so no login starts.`,
    "  1 authorization request, as a browser sends it",
    `  ${known} to see whether the server knows the client, half of them with a random client_id as the control`,
    `  at most ${bursts} to see whether all instances agree${repeat ? ", half of them only when they do not, 90 seconds later" : ""}: ${size} answers about the client; known to one of ${instances} instances, they would agree by chance in ${percent} % of such bursts`,
    ...(register
      ? [
          `  ${canary} for a client of our own: 1 registration, shown first, and its deletion where the server offers one`,
        ]
      : []),
    "",
  ].join("\n");
}

/** The oracle that tells an unknown client from a wrong redirect URI is enough; where none does, both are asked. */
function tellingOracles(known: KnownClientReading | undefined): readonly OracleName[] {
  const redirect = known?.oracles.find(({ oracle }) => oracle === "redirect");
  const tells =
    redirect !== undefined &&
    (redirect.verdict === "differs" || (redirect.verdict === "sameAsControl" && known?.isRefusalAboutClient));
  return tells ? ["redirect"] : ["redirect", "token"];
}
