/**
 * What is known of one thing: it was observed; it could have been seen from here and was not (yet) there; or it cannot
 * be seen from a browser, or not with the access granted.
 */
export type Fact<Value> =
  | { readonly status: "observed"; readonly value: Value }
  | { readonly status: "missing"; readonly looked: string }
  | { readonly status: "notObservable"; readonly why: string };

export const observed = <Value>(value: Value): Fact<Value> => ({ status: "observed", value });
export const missing = (looked: string): Fact<never> => ({ status: "missing", looked });
export const notObservable = (why: string): Fact<never> => ({ status: "notObservable", why });
