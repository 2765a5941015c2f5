import type { AskCommands } from "@/components/ask/ask-commands.ts";
import { askServer, random } from "@/lib/browser/ask-server.ts";
import { requestAccess } from "@/lib/browser/permissions.ts";
import { probeSubject } from "@/lib/facts/probe-subject.ts";
import { questionsFor } from "@/lib/probes/questions.ts";
import type { Flow } from "@/lib/trace/flow.ts";

/** Asks from this page; `onAsked` has the attempt worked out anew. */
export function askCommands(onAsked: (flowId: string) => Promise<void>): AskCommands {
  return {
    questionsFor: ({ flow, facts }) => {
      const subject = probeSubject(flow, facts);
      if (!subject) return [];
      const readings = facts.probes.status === "observed" ? facts.probes.value : undefined;
      const client = facts.client.status === "observed" ? facts.client.value.id : undefined;
      return questionsFor(subject, random, { readings, client });
    },
    reach: requestAccess,
    ask: async (question, { flow }, progress) => {
      const outcome = await askServer(question, { about: flow.id, ranOn: hostsOf(flow), ...progress });
      await onAsked(flow.id);
      return outcome;
    },
    now: Date.now,
  };
}

/** Host names that the attempt itself ran on, without what Hopscope asked. */
function hostsOf({ legs }: Flow): readonly string[] {
  const own = legs.filter(({ exchange }) => exchange.source !== "probe" && exchange.source !== "discovery");
  const addresses = own.map(({ exchange }) => `${exchange.url.scheme}://${exchange.url.host}/`);
  return [...new Set(addresses.filter((address) => URL.canParse(address)).map((address) => new URL(address).hostname))];
}
