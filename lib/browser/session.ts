import { browser } from "wxt/browser";
import * as z from "zod/mini";

/** The key of this browser session's fingerprints. It lives in memory only and dies with the session. */
export interface Session {
  readonly id: string;
  readonly bytes: Uint8Array;
}

const place = "fingerprint-key";
const stored = z.object({ id: z.string(), bytes: z.array(z.number()) });

/** The worker and a page may ask at the same moment; the lock lets only the first one make the key. */
export function readSession(): Promise<Session> {
  return navigator.locks.request("fingerprint-key", async () => {
    const found = await readStored();
    if (found) return { id: found.id, bytes: Uint8Array.from(found.bytes) };
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    const id = [...crypto.getRandomValues(new Uint8Array(5))]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
    await browser.storage.session.set({ [place]: { id, bytes: [...bytes] } });
    return { id, bytes };
  });
}

/** Undefined until something of this session of the browser is recorded. */
export const readSessionId = async (): Promise<string | undefined> => (await readStored())?.id;

const readStored = async () => stored.safeParse((await browser.storage.session.get(place))[place]).data;
