import { printShortTime, printWholeTime } from "./dates.ts";

interface MomentProps {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Now, to leave the date out for today; the page passes it. */
  readonly now: number;
}

export function Moment({ at, now }: MomentProps) {
  return (
    <time className="moment" dateTime={new Date(at).toISOString()} title={printWholeTime(at)}>
      {printShortTime(at, now)}
    </time>
  );
}
