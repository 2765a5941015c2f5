import type { Rule } from "../rule.ts";

/** Every rule, in the order of the vocabulary in `docs/findings`. Adding a rule is one import and one line here. */
export const rules: readonly Rule[] = [];
