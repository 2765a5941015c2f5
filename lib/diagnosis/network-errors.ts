const networkErrors: readonly (readonly [string, string])[] = [
  ["CONNECTION_REFUSED", "the connection was refused, nothing listens on that port"],
  ["NAME_NOT_RESOLVED", "the host name is unknown"],
  ["UNKNOWN_HOST", "the host name is unknown"],
  ["TIMED_OUT", "no answer came in time"],
  ["NET_TIMEOUT", "no answer came in time"],
  ["CONNECTION_RESET", "the connection was cut"],
  ["NET_RESET", "the connection was cut"],
  ["CONNECTION_CLOSED", "the connection was closed without an answer"],
  ["EMPTY_RESPONSE", "the connection was closed without an answer"],
  ["ADDRESS_UNREACHABLE", "the address cannot be reached from here"],
  ["INTERNET_DISCONNECTED", "this computer is offline"],
  ["NETWORK_CHANGED", "the network changed in between"],
  ["UNSAFE_PORT", "the browser refuses to use that port"],
  ["PORT_ACCESS_NOT_ALLOWED", "the browser refuses to use that port"],
  ["BLOCKED_BY_CLIENT", "an extension of this browser blocked it"],
  ["SSL_PROTOCOL_ERROR", "the other side does not speak TLS on that port"],
  ["CERT_", "the certificate was not accepted"],
  ["SSL", "the TLS connection failed"],
];

/** A browser's network error code in words, with the code: the same in Chromium (`net::ERR_…`) and Firefox (`NS_ERROR_…`). */
export function sayNetworkError(code: string): string {
  const found = networkErrors.find(([part]) => code.includes(part));
  return found ? `${found[1]} (${code})` : code;
}
