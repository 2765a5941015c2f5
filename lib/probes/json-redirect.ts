/** Members in which frameworks put the address when a script asked and a redirect would be lost on it. */
const addressMembers = ["url", "redirect_url", "redirectUrl", "redirect_to", "redirectTo", "redirect_uri", "location"];

/**
 * The redirect that a JSON answer to an authorization request stands for: an object with one absolute address and nothing but
 * simple values beside it. A browser that navigates gets a real one from the same server.
 */
export function redirectIn(status: number, mimeType: string, text: string): string | undefined {
  if (status !== 200 || !/\bjson\b/i.test(mimeType)) return undefined;
  const members = readMembers(text);
  // An OAuth error in the body itself is the answer.
  if (!members || members.size > 4 || members.has("error")) return undefined;
  const found = addressMembers.flatMap((name) => members.get(name) ?? []);
  const [address] = found;
  return found.length === 1 && typeof address === "string" && /^https?:\/\//i.test(address) && URL.canParse(address)
    ? address
    : undefined;
}

function readMembers(text: string): ReadonlyMap<string, string | number | boolean | null> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const entries = Object.entries(value);
    return entries.every(([, member]) => typeof member !== "object" || member === null)
      ? new Map(entries as [string, string | number | boolean | null][])
      : undefined;
  } catch {
    return undefined;
  }
}
