import { browser } from "wxt/browser";

const isPrivate = browser.extension?.inIncognitoContext === true;

/** Where projections are kept: a split incognito worker shares storage.local with the normal one, and that is on disk. */
export const area = isPrivate ? "session" : "local";

/** It shares storage.session, too. */
export const placeOf = <Name extends string>(name: Name): Name | `${Name}-incognito` =>
  isPrivate ? `${name}-incognito` : name;

/** Calls back when one of these places changed; the answer stops it. */
export function watchPlaces(places: readonly string[], onChange: () => void): () => void {
  const listener = (changes: { [name: string]: unknown }, changed: string) => {
    if (changed === area && places.some((place) => place in changes)) onChange();
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}
