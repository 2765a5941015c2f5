import { createContext } from "react";

export type Copy = (text: string) => Promise<void>;

/** How a page puts text on the clipboard; the entrypoint provides it, since components touch no browser API. */
export const Copying = createContext<Copy>(() => Promise.reject(new Error("No clipboard was provided")));
