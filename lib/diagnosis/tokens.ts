import { compareValues } from "@/lib/exchange/compare.ts";
import type { Fact } from "@/lib/facts/fact.ts";
import type { FactParameter, TokenFacts } from "@/lib/facts/flow-facts.ts";
import type { Evidence } from "./rule.ts";
import { shorten } from "./words.ts";

/** The token requests that were seen; empty when none could be. */
export const seenTokens = (tokens: Fact<readonly TokenFacts[]>): readonly TokenFacts[] =>
  tokens.status === "observed" ? tokens.value : [];

export const findField = (token: TokenFacts, name: string): FactParameter | undefined =>
  token.parameters.find((parameter) => parameter.name === name && parameter.text !== "");

/** Token requests that redeem a code (RFC 6749 §4.1.3). */
export const redemptions = (tokens: Fact<readonly TokenFacts[]>): readonly TokenFacts[] =>
  seenTokens(tokens).filter((token) => token.grantType === "authorization_code");

export const isRefused = ({ status, error }: TokenFacts): boolean => error !== undefined || (status ?? 0) >= 400;

/** What a token request says in one field. */
export function fieldEvidence(token: TokenFacts, name: string): Evidence {
  const field = findField(token, name);
  return {
    exchangeId: token.exchangeId,
    role: token.role,
    part: "request",
    where: `${name} of the token request`,
    says: field ? shorten(field.text) : "absent",
  };
}

export const isEqual = (left: FactParameter, right: FactParameter): boolean =>
  compareValues(left.value, right.value).verdict === "equal";
export const isDifferent = (left: FactParameter, right: FactParameter): boolean =>
  compareValues(left.value, right.value).verdict === "different";
