import * as Collapsible from "@radix-ui/react-collapsible";
import { useEffect, useMemo, useRef, useState } from "react";
import { strings as attempt } from "@/components/attempt/strings.ts";
import { Icon } from "@/components/parts/Icon.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { isOwnRefusal, printError, printLocation } from "@/lib/exchange/print.ts";
import { buildSequence } from "@/lib/report/sequence.ts";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import type { Leg } from "@/lib/trace/flow.ts";
import { labelValues } from "@/lib/trace/labels.ts";
import { LegDetails } from "./LegDetails.tsx";
import { strings } from "./strings.ts";

interface LegsProps {
  readonly report: FlowReport;
  /** Exchange id of the leg that a link leads to. */
  readonly opened: string | undefined;
}

/** Every request of the attempt on one time line. */
export function Legs({ report, opened }: LegsProps) {
  const { flow } = report;
  const print = useMemo(() => labelValues(flow), [flow]);
  const broken = useMemo(
    () =>
      new Set(
        buildSequence(report)
          .steps.filter((s) => s.isBroken)
          .map((s) => s.exchangeId),
      ),
    [report],
  );
  const start = Math.min(flow.startedAt, ...flow.legs.map(({ exchange }) => exchange.startedAt));
  const end = Math.max(flow.lastAt, ...flow.legs.map(({ exchange }) => exchange.endedAt));
  if (flow.legs.length === 0) return <p className="faint">{strings.legs.none}</p>;
  return (
    <ol className="legs">
      {flow.legs.map((leg, index) => (
        <LegRow
          key={leg.exchange.id}
          leg={leg}
          number={index + 1}
          span={{ start, length: Math.max(1, end - start) }}
          isBroken={broken.has(leg.exchange.id)}
          isLinked={leg.exchange.id === opened}
        >
          <LegDetails leg={leg} facts={report.facts} print={print} />
        </LegRow>
      ))}
    </ol>
  );
}

function sayNoAnswer(error: string | undefined): string {
  if (error === undefined) return "";
  return isOwnRefusal(error) ? printError(error) : strings.legs.noAnswer;
}

interface LegRowProps {
  readonly leg: Leg;
  readonly number: number;
  readonly span: { readonly start: number; readonly length: number };
  readonly isBroken: boolean;
  readonly isLinked: boolean;
  readonly children: React.ReactNode;
}

function LegRow({ leg, number, span, isBroken, isLinked, children }: LegRowProps) {
  const [isOpen, setOpen] = useState(isLinked);
  const row = useRef<HTMLLIElement>(null);
  const { exchange, role } = leg;
  const took = exchange.endedAt - exchange.startedAt;
  useEffect(() => {
    if (!isLinked) return;
    setOpen(true);
    row.current?.scrollIntoView({ block: "start" });
    row.current?.querySelector("button")?.focus({ preventScroll: true });
  }, [isLinked]);
  return (
    <li ref={row} className="leg" data-role={role} data-broken={isBroken || undefined}>
      <Collapsible.Root open={isOpen} onOpenChange={setOpen}>
        <Collapsible.Trigger className="leg-trigger">
          <Icon name="chevron" />
          <span className="leg-number">{number}</span>
          <span className="leg-main">
            <span className="leg-role">
              {attempt.roles[role]}
              {isBroken && (
                <span className="leg-broken">
                  <Icon name="cross" />
                  {strings.sequence.brokeHere}
                </span>
              )}
            </span>
            <span className="leg-request">
              {exchange.method} <ServerText text={shortenMiddle(printLocation(exchange.url), 96)} />
            </span>
          </span>
          <span className="leg-status">{exchange.status ?? sayNoAnswer(exchange.error)}</span>
          <span className="leg-time">
            <span className="visually-hidden">{strings.legs.after} </span>+
            {strings.milliseconds(Math.max(0, exchange.startedAt - span.start))}
            <span className="faint">
              {" · "}
              {strings.legs.duration} {strings.milliseconds(took)}
            </span>
          </span>
          <span className="leg-bar" aria-hidden="true">
            <span
              style={{
                marginLeft: `${(100 * (exchange.startedAt - span.start)) / span.length}%`,
                width: `${Math.max(0.6, (100 * took) / span.length)}%`,
              }}
            />
          </span>
        </Collapsible.Trigger>
        <Collapsible.Content className="leg-content">{children}</Collapsible.Content>
      </Collapsible.Root>
    </li>
  );
}
