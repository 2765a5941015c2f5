import { VisibleRuns } from "@/components/parts/ServerText.tsx";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import { compareText, type DifferencePart } from "./difference.ts";
import { strings } from "./strings.ts";

interface Side {
  readonly where: string;
  readonly says: string;
}

const partLimit = 240;

/** Two values one under the other, the differing characters marked. */
export function Comparison({ left, right }: { readonly left: Side; readonly right: Side }) {
  const difference = compareText(left.says, right.says);
  const isSame = left.says === right.says;
  return (
    <figure className="comparison">
      <dl>
        <dt>{left.where}</dt>
        <dd>
          <Marked parts={difference.left} />
        </dd>
        <dt>{right.where}</dt>
        <dd>
          <Marked parts={difference.right} />
        </dd>
      </dl>
      <figcaption>{isSame ? strings.comparisonSame : strings.comparisonDiffers}</figcaption>
    </figure>
  );
}

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
