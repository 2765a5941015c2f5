export const views = ["cause", "sequence", "legs", "metadata", "ask"] as const;
export type View = (typeof views)[number];

/** Where in the inspector somebody is; everything that can be linked to. */
export interface Route {
  readonly flowId?: string;
  readonly view: View;
  /** The leg to open. */
  readonly exchangeId?: string;
}

/** Reads `#/flow/<id>`, `#/flow/<id>/<view>` and `#/flow/<id>/legs/<exchange id>`; anything else is the list. */
export function parseRoute(hash: string): Route {
  const [, screen, flowId, view, exchangeId] = hash.replace(/^#/, "").split("/").map(decode);
  if (screen !== "flow" || !flowId) return { view: "cause" };
  const known = views.find((name) => name === view) ?? "cause";
  return { flowId, view: known, ...(known === "legs" && exchangeId && { exchangeId }) };
}

export function hrefOf({ flowId, view, exchangeId }: Route): string {
  if (flowId === undefined) return "#/";
  const rest = view === "cause" ? [] : [view, ...(exchangeId === undefined ? [] : [exchangeId])];
  return `#/flow/${[flowId, ...rest].map(encodeURIComponent).join("/")}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
