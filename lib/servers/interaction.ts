import { isGeneral } from "./general.ts";

export interface ShownPage {
  readonly status?: number;
  readonly contentType?: string;
  /** An OAuth `error` that the page or its URL carries. */
  readonly error?: string;
  /** The answer asks the browser for HTTP credentials; its text is what a person who declines is shown. */
  readonly asksForHttpLogin?: true;
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

/** What is said to the person who logs in; a form for the password beside it asks to try again. */
const ofPerson: ReadonlySet<string> = new Set([
  "transaction-lost",
  "access-denied",
  "upstream-authorization-failed",
  "session-cookie-refused",
]);

/** A gate in front of the server that lets browsers through by itself, in the words of several of them. */
const browserCheck =
  /\b(?:verif(?:y|ying) (?:that )?you are (?:a )?human|checking your browser|checking if the site connection is secure|complete (?:the|a|this) (?:security check|captcha)|(?:confirm|prove) (?:that )?you(?: are|'re|’re) (?:not a robot|(?:a )?human))\b/i;

const opensWithError = /^.{0,20}(?:\b(?:error|went wrong|oops|sorry|fehler)\b|エラー)/is;

export const isBrowserCheck = ({ title, text }: Pick<ShownPage, "title" | "text">, reach = 1_000): boolean =>
  browserCheck.test(`${title}\n${text.slice(0, reach)}`);

const isAlarming = (title: string): boolean => errorWords.test(title) && !/[?？]\s*$/.test(title);

/** The whole page is about the pause, not a banner of it. */
const isClosed = (title: string): boolean =>
  /\bmaintenance\b|\bbe (?:right )?back\b|wartung|mantenimiento|manutenção|manutenzione|メンテナンス|维护/i.test(title);

/** Whether a page offers nothing to do and opens with an error, whatever its status. */
export const isErrorPage = ({ structure, contentType = "text/html", title, text }: ShownPage): boolean =>
  structure !== undefined &&
  structure.passwordFields + structure.textFields + structure.buttons === 0 &&
  /html/i.test(contentType) &&
  (isAlarming(title) || opensWithError.test(text));

const startsWithFailure =
  /^(?:.{0,60}\b(?:fail(?:ed|ure)|went wrong|oops|sorry|unable|could not|cannot|couldn['’]t)\b|.{0,30}(?:\b(?:errors?|invalid|denied|not found|problem|expired|mismatch|not match|fehler|fehlgeschlagen|ungültig|abgelaufen)\b|エラー|失敗|無効|不正))/is;

/** Whether a client's page is about a failure, and not the client's own screen, which may mention one. */
export const isFailurePage = ({ structure, title, text }: ShownPage): boolean =>
  (structure?.passwordFields ?? 0) + (structure?.textFields ?? 0) === 0 &&
  (isAlarming(title) || startsWithFailure.test(text));

/**
 * Whether a page asks something of a person (login, consent, account chooser, second factor, even after a wrong
 * password) rather than being the end of the attempt.
 */
export function isInteractionPage(page: ShownPage): boolean {
  const { status = 200, structure } = page;
  if (
    page.asksForHttpLogin &&
    !page.error &&
    page.matches.every((match) => isGeneral(match) || ofPerson.has(match.means[0] ?? ""))
  )
    return true;
  if (page.contentType && !/html|xml/i.test(page.contentType)) return false;
  const isDistinctive = page.matches.some((match) => match.isDistinctive);
  const definite = page.matches.filter((match) => match.server !== undefined || !isGeneral(match));
  const hasStatement = definite.length > 0;
  // "Your session expired" above a login form asks to log in again; "unknown client" above one does not.
  const isRefused = definite.some((match) => !ofPerson.has(match.means[0] ?? ""));
  const isTitleAlarming = isAlarming(page.title);
  // A refused password is answered with an error status too, beside small print that may name other failures.
  if (structure && structure.passwordFields > 0)
    return !(isRefused && status >= 400 && (page.title === "" || isTitleAlarming));
  if (page.error || isDistinctive) return false;
  if (isBrowserCheck(page, hasStatement ? 120 : 1_000)) return true;
  const asks = structure !== undefined && (structure.forms === undefined || structure.forms.length > 0);
  if (asks && structure.textFields > 0) return status < 400 || !hasStatement;
  const canDecide = asks && (structure.buttons > 1 || (structure.buttons > 0 && structure.hiddenFields > 0));
  // "Requires your consent" above the buttons that give it is the question, not the end.
  if (status < 400 && canDecide && definite.every(({ means }) => means[0] === "interaction-required")) return true;
  // A form under a title that tells of no error is a question, even where its small print speaks of scopes or of what is forbidden.
  if (status < 400 && canDecide && page.title !== "" && !isTitleAlarming) return true;
  if (isClosed(page.title)) return false;
  return status < 400 && !hasStatement && !isTitleAlarming && !errorWords.test(page.text.slice(0, 120));
}
