import { LongValue } from "@/components/parts/LongValue.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import type { Evidence } from "@/lib/diagnosis/rule.ts";
import { Comparison, sayComparison } from "./Comparison.tsx";
import { strings } from "./strings.ts";

/** Address of the leg an exchange is shown at, or undefined where the page has none. */
export type LegHref = (exchangeId: string) => string | undefined;

interface EvidenceListProps {
  readonly evidence: readonly Evidence[];
  readonly legHref?: LegHref | undefined;
}

const quoteLimit = 420;

export function EvidenceList({ evidence, legHref }: EvidenceListProps) {
  return (
    <ul className="evidence-list">
      {evidence.map((item) => (
        <li
          key={`${item.exchangeId} ${item.part} ${item.where} ${item.says}`}
          className="evidence"
          data-evidence={item.part}
        >
          <EvidenceItem item={item} href={legHref?.(item.exchangeId)} />
        </li>
      ))}
    </ul>
  );
}

function EvidenceItem({ item, href }: { readonly item: Evidence; readonly href: string | undefined }) {
  return (
    <>
      <p className="evidence-where">
        {!item.against && (
          <span className="evidence-place">
            <ServerText text={strings.places[item.where] ?? item.where} />
          </span>
        )}
        {item.role && <span className="faint">{strings.roles[item.role]}</span>}
        {item.against && <span className="faint">{sayComparison({ left: item, right: item.against })}</span>}
        {href && (
          <a className="evidence-link" href={href}>
            {strings.showLeg}
          </a>
        )}
      </p>
      {item.against ? (
        <Comparison left={item} right={item.against} />
      ) : (
        <blockquote className="quote" data-part={item.part}>
          {item.says === "" ? (
            <span className="faint">{strings.nothing}</span>
          ) : (
            <LongValue text={item.says} limit={quoteLimit} />
          )}
        </blockquote>
      )}
    </>
  );
}
