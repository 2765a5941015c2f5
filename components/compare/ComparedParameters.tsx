import { compareText, type DifferencePart } from "@/components/attempt/difference.ts";
import { LongValue } from "@/components/parts/LongValue.tsx";
import { VisibleRuns } from "@/components/parts/ServerText.tsx";
import type { ParameterComparison } from "@/lib/report/compare.ts";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import { strings } from "./strings.ts";
import { isDifference, VerdictMark } from "./VerdictMark.tsx";

/** More rows than any client sends; a hostile request must not freeze the page. */
const rowLimit = 200;
/** Longer values are shown with a button instead of their marked differences. */
const markLimit = 600;

export function ComparedParameters({ parameters }: { readonly parameters: readonly ParameterComparison[] }) {
  const { columns } = strings;
  const differences = parameters.filter(({ verdict }) => isDifference(verdict)).length;
  return (
    <section aria-labelledby="compared-parameters">
      <h3 id="compared-parameters">{strings.parameters}</h3>
      {parameters.length === 0 ? (
        <p>{strings.noParameters}</p>
      ) : (
        <>
          <p className="faint">{strings.differences(differences)}</p>
          <table className="stacking compared">
            <caption className="visually-hidden">{strings.parameters}</caption>
            <thead>
              <tr>
                <th scope="col">{columns.name}</th>
                <th scope="col">{strings.left}</th>
                <th scope="col">{strings.right}</th>
                <th scope="col">{columns.verdict}</th>
              </tr>
            </thead>
            <tbody>
              {parameters.slice(0, rowLimit).map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a name may be sent twice; rows never move
                <Row key={`${index} ${row.name}`} row={row} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

function Row({ row }: { readonly row: ParameterComparison }) {
  const { name, left, right, verdict } = row;
  const isMarked = verdict === "different" && (left?.length ?? 0) <= markLimit && (right?.length ?? 0) <= markLimit;
  const marked = isMarked ? compareText(left ?? "", right ?? "") : undefined;
  return (
    <tr data-verdict={verdict} data-differs={isDifference(verdict) || undefined}>
      <th scope="row">
        <LongValue text={name} limit={60} />
      </th>
      <Value label={strings.left} text={left} parts={marked?.left} />
      <Value label={strings.right} text={right} parts={marked?.right} />
      <td data-column={strings.columns.verdict}>
        <VerdictMark verdict={verdict} />
      </td>
    </tr>
  );
}

interface ValueProps {
  readonly label: string;
  readonly text: string | undefined;
  readonly parts: readonly DifferencePart[] | undefined;
}

function Value({ label, text, parts }: ValueProps) {
  return (
    <td className="server-value" data-column={label}>
      {text === undefined ? (
        <span className="faint">{strings.none}</span>
      ) : parts ? (
        <bdi className="server-text">
          {parts.map((part, index) =>
            part.differs ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts are derived from one pair of strings
              <mark key={index}>
                <VisibleRuns text={part.text} />
              </mark>
            ) : (
              <VisibleRuns
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                key={index}
                text={shortenMiddle(part.text, 240)}
              />
            ),
          )}
        </bdi>
      ) : (
        <LongValue text={text} limit={120} />
      )}
    </td>
  );
}
