import { mixesAlphabets, toVisibleRuns } from "@/lib/report/visible-text.ts";
import { strings } from "./strings.ts";

/**
 * Text that came from outside: isolated from the direction of its surroundings, characters that hide or reorder shown
 * by number, look-alike letters pointed out. The only way such text reaches the page.
 */
export function ServerText({ text }: { readonly text: string }) {
  return (
    <>
      <bdi className="server-text">
        <VisibleRuns text={text} />
      </bdi>
      {mixesAlphabets(text) && (
        <span className="note-mark" title={strings.mixedAlphabetsMeaning}>
          {strings.mixedAlphabets}
        </span>
      )}
    </>
  );
}

/** `~43.base64url~`, as it is stored, is for programs. */
const masked = /~(\d{1,8})\.[a-z][a-z0-9]{1,8}~/g;
const sayMasked = (text: string) => text.replace(masked, (_, length: string) => strings.masked(Number(length)));

/** The runs alone, for text that is already isolated (one side of a comparison). */
export function VisibleRuns({ text }: { readonly text: string }) {
  return toVisibleRuns(text).map((run, index) =>
    run.kind === "plain" ? (
      sayMasked(run.text)
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: runs never move, they are derived from one string
      <span key={index} className="invisible" title={strings.invisible(run.text)}>
        {run.text}
      </span>
    ),
  );
}
