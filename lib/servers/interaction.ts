import { isGeneral } from "./general.ts";

export interface ShownPage {
  readonly status?: number;
  readonly contentType?: string;
  /** An OAuth `error` that the page or its URL carries. */
  readonly error?: string;
  readonly structure?: {
    readonly passwordFields: number;
    readonly textFields: number;
    readonly hiddenFields: number;
    readonly buttons: number;
    readonly links: number;
    readonly forms?: readonly unknown[];
  };
  readonly title: string;
  readonly text: string;
  readonly matches: readonly {
    readonly server?: string | undefined;
    readonly template: string;
    readonly means: readonly string[];
    readonly isDistinctive: boolean;
  }[];
}

const errorWords =
  /\b(?:errors?|invalid|failed|failure|denied|went wrong|oops|sorry|blocked|bad request|not found|forbidden|problem|fehler|ungültig|fehlgeschlagen|verweigert)\b|エラー|失敗|無効|不正/i;

/**
 * Whether a page asks something of a person (login, consent, account chooser, second factor, even after a wrong
 * password) rather than being the end of the attempt.
 */
export function isInteractionPage(page: ShownPage): boolean {
  const { status = 200, structure } = page;
  if (page.contentType && !/html|xml/i.test(page.contentType)) return false;
  const isDistinctive = page.matches.some((match) => match.isDistinctive);
  const definite = page.matches.filter((match) => match.server !== undefined || !isGeneral(match));
  const hasStatement = definite.length > 0;
  // "Your session expired" above a login form asks to log in again; "unknown client" above one does not.
  const isRefused = definite.some(
    (match) => match.means[0] !== "transaction-lost" && match.means[0] !== "access-denied",
  );
  if (structure && structure.passwordFields > 0) return !(isRefused && status >= 400);
  if (page.error || isDistinctive) return false;
  const asks = structure !== undefined && (structure.forms === undefined || structure.forms.length > 0);
  if (asks && structure.textFields > 0) return status < 400 || !hasStatement;
  const canDecide = asks && structure.buttons > 0 && structure.hiddenFields > 0;
  // "Requires your consent" above the buttons that give it is the question, not the end.
  if (status < 400 && canDecide && definite.every(({ means }) => means[0] === "interaction-required")) return true;
  if (status >= 400 || hasStatement) return false;
  return !errorWords.test(page.title) && !errorWords.test(page.text.slice(0, 120));
}
