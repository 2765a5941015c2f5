/** Every screen of the inspector: the one its address opens, and those that the bar at the top names. */
export const screensInBar = ["attempts", "alerts", "servers", "check", "import", "settings"] as const;

export type Screen = (typeof screensInBar)[number] | "compare";

const all: ReadonlySet<string> = new Set<Screen>([...screensInBar, "compare"]);

/** `#/alerts` is a screen of its own; `#/`, `#/flow/…` and anything unknown are the attempts. */
export function screenOf(hash: string): Screen {
  const [name = ""] = partsOf(hash);
  return all.has(name) ? (name as Screen) : "attempts";
}

export const hrefOfScreen = (screen: Screen, ...parts: readonly string[]): string =>
  screen === "attempts" ? "#/" : `#/${[screen, ...parts].map(encodeURIComponent).join("/")}`;

/** The parts of a place after `#/`, decoded: screen, then what it shows. What stands behind `?` is not among them. */
export function partsOf(hash: string): readonly string[] {
  const [path = ""] = hash.replace(/^#?\/?/, "").split("?", 1);
  return path.split("/").map(decode);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
