import { createContext } from "react";

export type Copy = (text: string) => Promise<void>;

/** A PNG still in the making: a browser wants to be asked during the click. */
export type CopyPicture = (picture: Promise<Blob>) => Promise<void>;

/** How a page puts text on the clipboard; the entrypoint provides it, since components touch no browser API. */
export const Copying = createContext<Copy>(() => Promise.reject(new Error("No clipboard was provided")));

export const CopyingPicture = createContext<CopyPicture>(() => Promise.reject(new Error("No clipboard was provided")));
