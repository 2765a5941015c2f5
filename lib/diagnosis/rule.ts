import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import type { Actor, RemedyStep } from "@/lib/servers/server.ts";
import type { LegRole } from "@/lib/trace/flow.ts";

/**
 * `error`: this attempt failed because of it, or a conforming party must reject it; `warning`: works but breaks a
 * MUST/SHOULD or is a known weakness; `info`.
 */
export type Severity = "error" | "warning" | "info";

/**
 * `proven`: two observations contradict each other, or a probe with a control; `likely`: a matched text or
 * fingerprint; `possible`: the lexicon, or words that several causes share.
 */
export type Certainty = "proven" | "likely" | "possible";

/** One thing a finding rests on. */
export interface Evidence {
  /** Exchange (or tab event) it was seen in; deep links use it. */
  readonly exchangeId: string;
  readonly role?: LegRole;
  readonly part: "request" | "response" | "page" | "delivery" | "timeline" | "metadata" | "probe" | "history";
  /** What within it, in words: `query parameter client_id`, `page text`, `status`. */
  readonly where: string;
  /** What it says; redacted text from the server or a printed value. */
  readonly says: string;
  /** The other side of a contradiction; the interface marks the differing characters. */
  readonly against?: { readonly where: string; readonly says: string };
  readonly isPrimary?: true;
}

export type FixStep = RemedyStep;

export interface Reference {
  readonly spec: string;
  readonly section: string;
  readonly url: string;
}

export type Outcome =
  | { readonly kind: "pass" }
  | {
      readonly kind: "fail";
      /** What happened HERE, with the values; never the fix. */
      readonly summary: string;
      /** Exactly one item is primary. */
      readonly evidence: readonly [Evidence, ...Evidence[]];
      readonly certainty: Certainty;
      /** Milder than the rule's own, when this attempt evidently got past what stops others. */
      readonly severity?: Severity;
      /** Other causes the same evidence allows, and what would separate them. */
      readonly rivals?: readonly { readonly id: string; readonly separatedBy: string }[];
    }
  | { readonly kind: "cannotTell"; readonly missing: string; readonly settledBy: string }
  | { readonly kind: "notApplicable"; readonly reason: string };

export const pass = (): Outcome => ({ kind: "pass" });
export const fail = (found: Omit<Extract<Outcome, { kind: "fail" }>, "kind">): Outcome => ({ kind: "fail", ...found });
export const cannotTell = (missing: string, settledBy: string): Outcome => ({ kind: "cannotTell", missing, settledBy });
export const notApplicable = (reason: string): Outcome => ({ kind: "notApplicable", reason });

/** One thing that can be wrong; static and listable without running anything. */
export interface Rule<Needs extends keyof FlowFacts = keyof FlowFacts> {
  /** Permanent kebab-case noun phrase for the failing state; equals the file name. */
  readonly id: string;
  /** One sentence, present tense, no period. */
  readonly title: string;
  readonly severity: Severity;
  /** The facts it reads; the engine passes only those. */
  readonly needs: readonly Needs[];
  /** The mechanism, independent of this attempt: 1 to 3 sentences. */
  readonly why: string;
  readonly fix: readonly [FixStep, ...FixStep[]];
  readonly references: readonly [Reference, ...Reference[]];
  /** Ids whose headline this one replaces when both fail. */
  readonly supersedes?: readonly string[];
  check(facts: Pick<FlowFacts, Needs>): Outcome;
}

/** Infers `Needs` from `needs`, so that `check` can read those facts and no others. */
export const defineRule = <Needs extends keyof FlowFacts>(rule: Rule<Needs>): Rule<Needs> => rule;

/** A rule that failed, ready to be shown. */
export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly summary: string;
  readonly why: string;
  readonly evidence: readonly [Evidence, ...Evidence[]];
  readonly fix: readonly FixStep[];
  /** Who must act, first actor first. */
  readonly by: readonly Actor[];
  readonly references: readonly Reference[];
  readonly rivals: readonly { readonly id: string; readonly separatedBy: string }[];
  /** Id of the finding it is folded under. */
  readonly supersededBy?: string;
}

/** `connected`: a token answer or an authenticated request was seen; `code-delivered`: the redirection endpoint took it. */
export type FlowState = "connected" | "code-delivered" | "not-connected" | "in-progress" | "incomplete";

export interface Diagnosis {
  readonly flowId: string;
  readonly state: FlowState;
  /** Headline first; superseded ones after the finding they are folded under. */
  readonly findings: readonly Finding[];
  /** Questions the evidence does not settle, with what would. */
  readonly unsettled: readonly {
    readonly id: string;
    readonly title: string;
    readonly missing: string;
    readonly settledBy: string;
  }[];
  /** Rules that threw: a fault of Hopscope, never of the attempt. */
  readonly faults: readonly { readonly id: string; readonly message: string }[];
  readonly server?: { readonly id: string; readonly name: string };
  readonly client?: { readonly id: string; readonly name: string };
}
