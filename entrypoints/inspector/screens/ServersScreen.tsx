import "@/components/servers/servers.css";
import { Servers } from "@/components/servers/Servers.tsx";
import * as client from "@/lib/browser/client.ts";
import { forgetPair, readPairs, watchPairs } from "@/lib/browser/pairs.ts";
import { clients } from "@/lib/clients/index.ts";
import { useProblem } from "../use-problem.ts";
import { useWatched } from "../use-watched.ts";

export default function ServersScreen() {
  const onProblem = useProblem();
  const pairs = useWatched(readPairs, watchPairs);
  return (
    <Servers
      pairs={pairs}
      now={Date.now()}
      onReconnect={async ({ lastAttempt, client: name }) => ({
        outcome: await client.retry(lastAttempt.flowId),
        howTo: clients.find((known) => known.name === name)?.retry,
      })}
      onForget={(id) => void forgetPair(id).catch(onProblem)}
    />
  );
}
