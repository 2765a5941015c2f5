import { members } from "./entry.ts";

/**
 * A name for the recording made from what is not secret in it: times, methods, statuses and counts. The same file gives
 * the same name, so that importing it twice adds nothing.
 */
export function createIdentity() {
  let low = 0x811c9dc5;
  let high = 0x9dc5811c;
  return {
    add(text: string) {
      for (let i = 0; i < text.length; i += 1) {
        low = Math.imul(low ^ text.charCodeAt(i), 0x01000193);
        high = Math.imul(high ^ text.charCodeAt(text.length - 1 - i), 0x85ebca6b) ^ (high >>> 15);
      }
    },
    value: () => [low, high].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join(""),
  };
}

/** What tells one recording from another without being secret: times, status, counts and sizes. */
export function identityOf(value: unknown): string {
  const entry = members(value);
  const request = members(entry?.request);
  const response = members(entry?.response);
  const count = (list: unknown) => (Array.isArray(list) ? list.length : 0);
  const plain = [entry?.startedDateTime, entry?.time, request?.method, response?.status].map((one) =>
    typeof one === "string" || typeof one === "number" ? String(one).slice(0, 40) : "",
  );
  const size = (text: unknown) => (typeof text === "string" ? text.length : 0);
  const sizes = [request?.url, members(request?.postData)?.text, members(response?.content)?.text].map(size);
  return [...plain, count(request?.headers), count(response?.headers), ...sizes].join("|");
}
