import { strings } from "./strings.ts";

/** On what failed since the user last looked. */
export function NewMark() {
  return <span className="new-mark">{strings.isNew}</span>;
}
