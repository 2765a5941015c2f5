import type { ReactNode } from "react";
import { type ParameterRow, ParameterTable } from "@/components/attempt/ParameterTable.tsx";
import { LongValue } from "@/components/parts/LongValue.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import type { Parameter } from "@/lib/exchange/observation.ts";
import { isOwnRefusal, type PrintParameter, printError, printLocation, printUrl } from "@/lib/exchange/print.ts";
import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import type { Leg } from "@/lib/trace/flow.ts";
import { strings } from "./strings.ts";

interface LegDetailsProps {
  readonly leg: Leg;
  readonly facts: FlowFacts;
  /** Prints replaced values with the numbers that the whole attempt uses. */
  readonly print: PrintParameter;
}

/** All that is stored of one exchange. */
export function LegDetails({ leg, facts, print }: LegDetailsProps) {
  const { exchange } = leg;
  const rows = (parameters: readonly Parameter[]): ParameterRow[] =>
    parameters.map((parameter) => ({ name: parameter.name, text: print(parameter) }));
  const table = (title: string, parameters: readonly Parameter[], isPlain = false) =>
    parameters.length > 0 && (
      <Part title={title}>
        <ParameterTable parameters={rows(parameters)} facts={facts} caption={title} isPlain={isPlain} />
      </Part>
    );
  const { body, page } = exchange;
  return (
    <div className="leg-details">
      <dl className="leg-facts">
        {/* Its parameters have a table of their own below. */}
        <Fact name={strings.legs.url} text={printLocation(exchange.url)} />
        {exchange.redirect && <Fact name={strings.legs.redirect} text={printUrl(exchange.redirect, print)} />}
        {exchange.error && (
          <Fact
            name={isOwnRefusal(exchange.error) ? strings.name : strings.legs.error}
            text={printError(exchange.error)}
          />
        )}
        {exchange.problem && <Fact name={strings.legs.problem} text={exchange.problem} />}
        {exchange.initiator && <Fact name={strings.legs.initiator} text={exchange.initiator} />}
      </dl>
      {exchange.repeats > 0 && <p className="faint">{strings.legs.repeats(exchange.repeats)}.</p>}
      {table(strings.legs.query, exchange.url.parameters)}
      {table(strings.legs.fields, exchange.requestFields)}
      {table(strings.legs.requestHeaders, exchange.requestHeaders, true)}
      {table(strings.legs.headers, exchange.headers, true)}
      {body?.kind === "fields" && table(strings.legs.body, body.fields)}
      {body?.kind === "other" && (
        <Part title={strings.legs.bodyOther}>
          <p>
            <ServerText text={`${body.mimeType}: ${body.problem}`} />
          </p>
        </Part>
      )}
      {exchange.cookies.length > 0 && (
        <Part title={strings.legs.cookies}>
          <ul className="cookies">
            {exchange.cookies.map(({ name, attributes }) => (
              <li key={`${name} ${attributes.join(" ")}`}>
                <ServerText text={[name, ...attributes].join("; ")} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      {page && (page.title || page.excerpt) && (
        <Part title={strings.legs.page}>
          <blockquote className="quote">
            <LongValue text={[page.title, page.excerpt].filter(Boolean).join("\n")} limit={700} />
          </blockquote>
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Fact({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="server-value">
        <LongValue text={text} limit={300} />
      </dd>
    </>
  );
}
