/** In the language and time zone of the browser; made once, since making one costs more than using it. */
const time = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const date = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** The hour for today, the day for this year, the date for others; all in milliseconds since the epoch. */
export function printShortTime(at: number, now: number): string {
  if (date.format(at) === date.format(now)) return time.format(at);
  return (new Date(at).getFullYear() === new Date(now).getFullYear() ? day : date).format(at);
}

export const printWholeTime = (at: number): string => whole.format(at);
