interface MomentProps {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Now, to leave the date out for today; the page passes it. */
  readonly now: number;
}

const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const whole = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

export function Moment({ at, now }: MomentProps) {
  const isToday = day.format(at) === day.format(now) && Math.abs(now - at) < 86_400_000;
  return (
    <time className="moment" dateTime={new Date(at).toISOString()} title={whole.format(at)}>
      {isToday ? time.format(at) : day.format(at)}
    </time>
  );
}
