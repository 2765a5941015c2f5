import { matchMessages } from "@/lib/servers/index.ts";

const longestToken = 96;

/**
 * Tokens of the templates that a text matches. They are knowledge of ours, and masking must not break them
 * (`AADSTS700016`, `invalid_redirect_uri`); what a template leaves open is page content and is masked like any.
 */
export function literalsOf(templates: readonly string[]): ReadonlySet<string> {
  const literals = new Set<string>();
  for (const template of templates)
    for (const token of template.replace(/\{\w{1,40}\}/g, " ").split(/[\s"'`<>(){}[\],;|=&!?]+/)) {
      if (token.length <= 3 || token.length > longestToken) continue;
      literals.add(token);
      literals.add(token.replace(/[.:]$/, ""));
    }
  return literals;
}

export const literalsIn = (text: string): ReadonlySet<string> =>
  literalsOf(matchMessages(text, {}).map((match) => match.template));
