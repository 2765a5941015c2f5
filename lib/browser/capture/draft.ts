import type { RawObservation } from "@/lib/exchange/raw-observation.ts";

type WithoutSession<Raw> = Raw extends unknown ? Omit<Raw, "session"> : never;

/** What an adapter hands over at once; the session's id needs a storage read and is added by the recorder. */
export type Draft = WithoutSession<RawObservation> & {
  /** Set on answers to requests that pages made, which look like those to navigations. */
  readonly isOfPage?: true;
  /** Set on what happens in a document that is rendered ahead of the person: which page it is of. */
  readonly ahead?: { readonly page: string };
};

export type Record = (draft: Draft) => void;
