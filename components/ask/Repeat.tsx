import { useEffect, useRef, useState } from "react";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { repeatAfter } from "@/lib/probes/instance-consistency.ts";
import { strings } from "./strings.ts";

interface RepeatProps {
  readonly report: FlowReport;
  readonly now: () => number;
  /** The question was asked on this screen, so the repeat that was announced with it starts by itself. */
  readonly isFresh: boolean;
  readonly onAsk: () => void;
}

/** Answers that differ are asked for again 90 s after the first burst, with the time left shown. */
export function Repeat({ report, now, isFresh, onAsk }: RepeatProps) {
  const { probes } = report.facts;
  const instances = probes.status === "observed" ? probes.value.instances : undefined;
  const isOpen = instances?.verdict === "disagree" || instances?.verdict === "crash";
  const dueAt = (instances?.bursts[0]?.at ?? 0) + repeatAfter;
  const [isWaiting, setWaiting] = useState(false);
  useEffect(() => setWaiting(isFresh && isOpen), [isFresh, isOpen]);
  if (!isOpen) return null;
  return (
    <div className="repeat">
      {isWaiting ? (
        <Countdown dueAt={dueAt} now={now} onDue={onAsk} onStop={() => setWaiting(false)} />
      ) : (
        <button type="button" className="button" onClick={() => setWaiting(true)}>
          {strings.again}
        </button>
      )}
      <p className="faint">{strings.waitingMeaning}</p>
    </div>
  );
}

interface CountdownProps {
  readonly dueAt: number;
  readonly now: () => number;
  readonly onDue: () => void;
  readonly onStop: () => void;
}

function Countdown({ dueAt, now, onDue, onStop }: CountdownProps) {
  const [left, setLeft] = useState(() => dueAt - now());
  const latest = useRef(onDue);
  latest.current = onDue;
  useEffect(() => {
    const tick = () => {
      const rest = dueAt - now();
      setLeft(rest);
      if (rest > 0) return;
      clearInterval(timer);
      latest.current();
    };
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [dueAt, now]);
  return (
    <p className="countdown">
      <span role="timer">{strings.waiting(Math.max(0, Math.ceil(left / 1000)))}</span>
      <button type="button" className="button" onClick={onStop}>
        {strings.doNotWait}
      </button>
    </p>
  );
}
