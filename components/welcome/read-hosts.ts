/** The hosts somebody typed, one on each line (commas and spaces separate too), or the first thing that is not one. */
export function readHosts(text: string): { readonly hosts: readonly string[]; readonly invalid?: string } {
  const hosts: string[] = [];
  for (const line of text.split(/[\s,]+/).filter(Boolean)) {
    const host = hostOf(line);
    if (host === undefined) return { hosts, invalid: line };
    if (!hosts.includes(host)) hosts.push(host);
  }
  return { hosts };
}

function hostOf(line: string): string | undefined {
  const hasScheme = /^https?:\/\//i.test(line);
  const address = hasScheme ? line : `https://${line}`;
  if (!URL.canParse(address) || (!hasScheme && /[/?#@]/.test(line))) return undefined;
  const { hostname } = new URL(address);
  // A match pattern takes a whole host or a leading `*.`, nothing in between.
  return /^(?:\*\.)?[^*\s/]+$/.test(hostname) ? hostname : undefined;
}
