import { strings as attempt } from "@/components/attempt/strings.ts";
import { hrefOf } from "@/components/inspector/route.ts";
import { LongValue } from "@/components/parts/LongValue.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import type { ComparedLeg, LegComparison } from "@/lib/report/compare.ts";
import { strings } from "./strings.ts";
import { VerdictMark } from "./VerdictMark.tsx";

interface ComparedLegsProps {
  readonly legs: readonly LegComparison[];
  /** Flow ids, for links to the legs. */
  readonly left: string;
  readonly right: string;
}

export function ComparedLegs({ legs, left, right }: ComparedLegsProps) {
  const differences = legs.filter(({ verdict }) => verdict !== "same").length;
  return (
    <section aria-labelledby="compared-legs">
      <h3 id="compared-legs">{strings.legs}</h3>
      <p className="faint">{strings.differences(differences)}</p>
      <table className="stacking compared">
        <caption className="visually-hidden">{strings.legs}</caption>
        <thead>
          <tr>
            <th scope="col">{strings.columns.leg}</th>
            <th scope="col">{strings.left}</th>
            <th scope="col">{strings.right}</th>
            <th scope="col">{strings.columns.verdict}</th>
          </tr>
        </thead>
        <tbody>
          {legs.map((leg, index) => (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: one role may come twice; rows never move
              key={`${index} ${leg.role}`}
              data-verdict={leg.verdict}
              data-differs={leg.verdict !== "same" || undefined}
            >
              <th scope="row" className="compared-role">
                {attempt.roles[leg.role]}
              </th>
              <Side label={strings.left} leg={leg.left} flowId={left} />
              <Side label={strings.right} leg={leg.right} flowId={right} />
              <td data-column={strings.columns.verdict}>
                <VerdictMark verdict={leg.verdict} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface SideProps {
  readonly label: string;
  readonly leg: ComparedLeg | undefined;
  readonly flowId: string;
}

function Side({ label, leg, flowId }: SideProps) {
  return (
    <td data-column={label}>
      {leg ? (
        <>
          <a href={hrefOf({ flowId, view: "legs", exchangeId: leg.exchangeId })} className="compared-answer">
            <ServerText text={leg.answer ?? strings.noAnswer} />
          </a>{" "}
          <span className="server-value">
            <LongValue text={leg.request} limit={120} />
          </span>
        </>
      ) : (
        <span className="faint">{strings.none}</span>
      )}
    </td>
  );
}
