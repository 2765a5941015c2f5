/** What kind of place a host names, judged from its letters alone; a public name may still resolve to a private address. */
export type HostKind = "public" | "loopback" | "private" | "local-name";

const localSuffixes = [
  ".localhost",
  ".local",
  ".localdomain",
  ".internal",
  ".intranet",
  ".private",
  ".corp",
  ".home",
  ".lan",
  ".home.arpa",
];

/** Address ranges that are not globally reachable (IANA special-purpose registry): first four bytes and prefix length. */
const privateRanges: readonly (readonly [number, number, number, number, number])[] = [
  [0, 0, 0, 0, 8],
  [10, 0, 0, 0, 8],
  [100, 64, 0, 0, 10],
  [169, 254, 0, 0, 16],
  [172, 16, 0, 0, 12],
  [192, 0, 0, 0, 24],
  [192, 0, 2, 0, 24],
  [192, 168, 0, 0, 16],
  [198, 18, 0, 0, 15],
  [198, 51, 100, 0, 24],
  [203, 0, 113, 0, 24],
  [224, 0, 0, 0, 3],
];

const toNumber = (bytes: readonly number[]): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

function classifyIpv4(bytes: readonly number[]): HostKind {
  if (bytes[0] === 127) return "loopback";
  const address = toNumber(bytes);
  const isPrivate = privateRanges.some(([a, b, c, d, length]) => {
    const size = 2 ** (32 - length);
    return Math.floor(address / size) === Math.floor(toNumber([a, b, c, d]) / size);
  });
  return isPrivate ? "private" : "public";
}

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte < 256) ? bytes : undefined;
}

/** The eight groups of an IPv6 address, dotted tail included; `undefined` when it is none. */
function parseIpv6(text: string): number[] | undefined {
  const lastColon = text.lastIndexOf(":");
  if (lastColon < 0) return undefined;
  const tail = parseIpv4(text.slice(lastColon + 1));
  const plain =
    tail === undefined
      ? text
      : `${text.slice(0, lastColon + 1)}${toNumber(tail.slice(0, 2)).toString(16)}:${toNumber(tail.slice(2)).toString(16)}`;
  const halves = plain.split("::");
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  const [head = [], end = []] = groups;
  const filler = 8 - head.length - end.length;
  if (halves.length > 2 || (halves.length === 1 ? filler !== 0 : filler < 1)) return undefined;
  const all = [...head, ...Array.from({ length: filler }, () => "0"), ...end];
  return all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? all.map((group) => Number.parseInt(group, 16))
    : undefined;
}

function classifyIpv6(groups: readonly number[]): HostKind {
  const [first = 0, second = 0] = groups;
  const low = groups.slice(6).flatMap((group) => [group >> 8, group & 255]);
  const leadingZeros = groups.findIndex((group) => group !== 0);
  if (leadingZeros === 7 && groups[7] === 1) return "loopback";
  if (leadingZeros < 0) return "private";
  // An IPv4 address in IPv6 dress: compatible, mapped (::ffff:0:0/96), translated (64:ff9b::/96) or 6to4 (2002::/16).
  const isMapped = leadingZeros >= 6 || (leadingZeros === 5 && groups[5] === 0xffff);
  if (isMapped || (first === 0x64 && second === 0xff9b)) return classifyIpv4(low);
  if (first === 0x2002) return classifyIpv4(groups.slice(1, 3).flatMap((group) => [group >> 8, group & 255]));
  // Global unicast is 2000::/3 without the documentation range; everything else is local, multicast or reserved.
  const isGlobal = first >= 0x2000 && first <= 0x3fff && !(first === 0x2001 && second === 0xdb8);
  return isGlobal ? "public" : "private";
}

/**
 * Judges a host as `URL.hostname` gives it, or the address a socket was connected to. Short and octal spellings of IPv4
 * addresses are already resolved by `URL`.
 */
export function classifyHost(host: string): HostKind {
  const bare = host.toLowerCase().replace(/^\[|\]$/g, "");
  const name = (bare.split("%")[0] ?? bare).replace(/\.$/, "");
  const ipv4 = parseIpv4(name);
  if (ipv4 !== undefined) return classifyIpv4(ipv4);
  const ipv6 = parseIpv6(name);
  if (ipv6 !== undefined) return classifyIpv6(ipv6);
  if (name === "localhost" || name.endsWith(".localhost")) return "loopback";
  const isLocal = !name.includes(".") || localSuffixes.some((suffix) => name.endsWith(suffix));
  return isLocal ? "local-name" : "public";
}

/** Why a request is not sent, or its answer not read. */
export type Refusal = "not-a-url" | "not-http" | "plain-http" | "user-information" | "private-address";

/**
 * Whether our own request may go to `url` when the attempt itself ran on `ranOn` (host names as `URL.hostname` gives them).
 * Private-address literals and local names are refused unless the attempt ran there; so is plain http to any other host.
 */
export function refusalOf(url: string, ranOn: readonly string[]): Refusal | undefined {
  if (!URL.canParse(url)) return "not-a-url";
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return "not-http";
  if (username !== "" || password !== "") return "user-information";
  const ranThere = ranOnSame(hostname, ranOn);
  if (classifyHost(hostname) !== "public" && !ranThere) return "private-address";
  return protocol === "http:" && !ranThere ? "plain-http" : undefined;
}

/** Whether an answer that came from `address` must be discarded: a public name that resolved to a private address. */
export function isRefusedAddress(url: string, address: string, ranOn: readonly string[]): boolean {
  return classifyHost(address) !== "public" && !ranOnSame(new URL(url).hostname, ranOn);
}

function ranOnSame(hostname: string, ranOn: readonly string[]): boolean {
  // A developer's servers stand on several ports and spellings of the same machine.
  const isLoopback = classifyHost(hostname) === "loopback";
  return ranOn.some((host) => host === hostname || (isLoopback && classifyHost(host) === "loopback"));
}
