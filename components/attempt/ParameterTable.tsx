import { Icon } from "@/components/parts/Icon.tsx";
import { LongValue } from "@/components/parts/LongValue.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import type { FactParameter, FlowFacts } from "@/lib/facts/flow-facts.ts";
import { judgeParameter, type Verdict } from "./judge-parameter.ts";
import { parameterMeanings } from "./parameter-meanings.ts";
import { strings } from "./strings.ts";

export type ParameterRow = Pick<FactParameter, "name" | "text">;

interface ParameterTableProps {
  readonly parameters: readonly ParameterRow[];
  readonly facts: FlowFacts;
  /** What the table lists, for assistive technology. */
  readonly caption: string;
  /** Headers and the like have no place in metadata and are shown as name and value alone. */
  readonly isPlain?: boolean;
}

/** More rows than any client sends; a hostile request must not freeze the page. */
const rowLimit = 200;

export function ParameterTable({ parameters, facts, caption, isPlain = false }: ParameterTableProps) {
  const counts = new Map<string, number>();
  for (const { name } of parameters) counts.set(name, (counts.get(name) ?? 0) + 1);
  const columns = strings.parameterColumns;
  return (
    <table className="parameters">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.name}</th>
          <th scope="col">{columns.value}</th>
          {!isPlain && (
            <>
              <th scope="col">{columns.meaning}</th>
              <th scope="col">{columns.verdict}</th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {parameters.slice(0, rowLimit).map(({ name, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may be sent twice; rows never move
          <tr key={`${index} ${name}`}>
            <th scope="row">
              <LongValue text={name} limit={60} />
              {(counts.get(name) ?? 0) > 1 && <span className="note-mark">{strings.sentTwice}</span>}
            </th>
            <td className="value">
              {text === "" ? <span className="faint">{strings.noValue}</span> : <LongValue text={text} limit={120} />}
            </td>
            {!isPlain && (
              <>
                <td className="meaning">{parameterMeanings.get(name) ?? ""}</td>
                <td className="judgement">
                  <VerdictCell verdict={judgeParameter(name, text, facts)} />
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const verdictIcons = { good: "check", bad: "cross", none: "dash" } as const;

function VerdictCell({ verdict }: { readonly verdict: Verdict }) {
  if (verdict.kind === "none" && verdict.text === strings.verdicts.redundant) {
    return <span className="visually-hidden">{verdict.text}</span>;
  }
  return (
    <span className="verdict-cell" data-verdict={verdict.kind}>
      <Icon name={verdictIcons[verdict.kind]} />
      <span>
        {verdict.text}
        {verdict.lists && (
          <>
            . {strings.verdicts.lists} <ServerText text={verdict.lists.slice(0, 12).join(", ") || strings.nothing} />
          </>
        )}
      </span>
    </span>
  );
}
