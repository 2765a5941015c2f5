import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import { strings } from "./strings.ts";

export interface Verdict {
  readonly kind: "good" | "bad" | "none";
  readonly text: string;
  /** The list it is not in: text from outside, shown apart. */
  readonly lists?: readonly string[];
}

type Source = keyof typeof strings.sources;

/** The metadata member that lists what the server, client or resource takes for a parameter. */
const members: ReadonlyMap<string, { readonly source: Source; readonly member: string; readonly isList?: true }> =
  new Map([
    ["acr_values", { source: "server", member: "acr_values_supported", isList: true }],
    ["code_challenge_method", { source: "server", member: "code_challenge_methods_supported" }],
    ["grant_type", { source: "server", member: "grant_types_supported" }],
    ["iss", { source: "server", member: "issuer" }],
    ["prompt", { source: "server", member: "prompt_values_supported", isList: true }],
    ["redirect_uri", { source: "client", member: "redirect_uris" }],
    ["resource", { source: "resource", member: "resource" }],
    ["response_mode", { source: "server", member: "response_modes_supported" }],
    ["response_type", { source: "server", member: "response_types_supported" }],
    ["scope", { source: "server", member: "scopes_supported", isList: true }],
  ]);

/** What the metadata of the attempt says about one value; `text` is the printed value. */
export function judgeParameter(name: string, text: string, facts: FlowFacts): Verdict {
  if (name === "state") return judgeState(facts);
  const listed = members.get(name);
  if (!listed) return { kind: "none", text: strings.verdicts.redundant };
  const document = facts.metadata.status === "observed" ? facts.metadata.value[listed.source]?.document : undefined;
  const allowed = toStrings(document?.[listed.member]);
  if (!allowed) return { kind: "none", text: strings.verdicts.noMetadata };
  const values = listed.isList ? text.split(" ").filter(Boolean) : [text];
  const source = strings.sources[listed.source];
  const absent = values.filter((value) => !allowed.includes(value));
  return absent.length === 0
    ? { kind: "good", text: strings.verdicts.listed(source) }
    : { kind: "bad", text: strings.verdicts.notListed(source), lists: allowed };
}

function judgeState(facts: FlowFacts): Verdict {
  if (facts.response.status !== "observed") return { kind: "none", text: strings.verdicts.redundant };
  switch (facts.response.value.state.verdict) {
    case "equal":
      return { kind: "good", text: strings.verdicts.stateReturned };
    case "different":
      return { kind: "bad", text: strings.verdicts.stateChanged };
    case "absentInResponse":
      return { kind: "bad", text: strings.verdicts.stateAbsent };
    default:
      return { kind: "none", text: strings.verdicts.redundant };
  }
}

function toStrings(value: unknown): readonly string[] | undefined {
  const list = Array.isArray(value) ? value : typeof value === "string" ? [value] : undefined;
  return list?.filter((item) => typeof item === "string");
}
