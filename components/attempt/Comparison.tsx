import { VisibleRuns } from "@/components/parts/ServerText.tsx";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import { compareText, type DifferencePart } from "./difference.ts";
import { strings } from "./strings.ts";

interface Side {
  readonly where: string;
  readonly says: string;
}

interface ComparisonProps {
  readonly left: Side;
  readonly right: Side;
}

const partLimit = 240;

/** Two values one under the other, the differing characters marked. */
export function Comparison({ left, right }: ComparisonProps) {
  const difference = compareText(left.says, right.says);
  const hasMarks = isSimilar(left, right);
  return (
    <dl className="comparison">
      <dt>{left.where}</dt>
      <dd>
        <Marked parts={hasMarks ? difference.left : unmarked(left.says)} />
      </dd>
      <dt>{right.where}</dt>
      <dd>
        <Marked parts={hasMarks ? difference.right : unmarked(right.says)} />
      </dd>
    </dl>
  );
}

/** What to look for in the two values. */
export function sayComparison({ left, right }: ComparisonProps): string {
  const { same, differs, apart } = strings.comparison;
  return left.says === right.says ? same : isSimilar(left, right) ? differs : apart;
}

/** Where no character is the same, all would be marked, and that says nothing. */
function isSimilar(left: Side, right: Side): boolean {
  const difference = compareText(left.says, right.says);
  return [...difference.left, ...difference.right].some(({ differs }) => !differs);
}

const unmarked = (text: string): readonly DifferencePart[] => (text === "" ? [] : [{ text, differs: false }]);

function Marked({ parts }: { readonly parts: readonly DifferencePart[] }) {
  if (parts.length === 0) return <span className="faint">{strings.nothing}</span>;
  return (
    <bdi className="server-text">
      {parts.map((part, index) => {
        const text = shortenMiddle(part.text, partLimit);
        // biome-ignore-start lint/suspicious/noArrayIndexKey: the parts are derived from one pair of strings
        return part.differs ? (
          <mark key={index}>
            <VisibleRuns text={text} />
          </mark>
        ) : (
          <span key={index}>
            <VisibleRuns text={text} />
          </span>
        );
        // biome-ignore-end lint/suspicious/noArrayIndexKey: as above
      })}
    </bdi>
  );
}
