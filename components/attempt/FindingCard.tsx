import { hrefOfFinding } from "@/components/finding-page/href.ts";
import { CertaintyMark } from "@/components/parts/CertaintyMark.tsx";
import { Disclosure } from "@/components/parts/Disclosure.tsx";
import { Icon } from "@/components/parts/Icon.tsx";
import { LongValue } from "@/components/parts/LongValue.tsx";
import { strings as parts } from "@/components/parts/strings.ts";
import { primaryOf } from "@/lib/diagnosis/engine.ts";
import type { Finding } from "@/lib/diagnosis/rule.ts";
import { EvidenceList, type LegHref } from "./EvidenceList.tsx";
import { FixSteps } from "./FixSteps.tsx";
import { Rivals, WhyItFails } from "./Reasoning.tsx";
import { shortenSentence } from "./shorten-sentence.ts";
import { strings } from "./strings.ts";

interface FindingCardProps {
  readonly finding: Finding;
  /** The headline is open and large; others are a folded line. */
  readonly isHeadline?: boolean;
  readonly legHref?: LegHref | undefined;
}

const summaryLimit = 420;
/** A headline is read at a glance, but never without its end when the words are ours: there it says what cannot be told. */
const headlineLimit = 360;

export function FindingCard({ finding, isHeadline = false, legHref }: FindingCardProps) {
  return (
    <article
      className={isHeadline ? "finding headline" : "finding"}
      data-finding={finding.id}
      data-certainty={finding.certainty}
      data-severity={finding.severity}
    >
      {isHeadline ? (
        <>
          <h3 className="headline-summary">
            <LongValue text={finding.summary} limit={headlineLimit} shorten={shortenSentence} />
          </h3>
          <Body finding={finding} legHref={legHref} />
        </>
      ) : (
        <Disclosure
          title={
            <>
              <span className="severity">{parts.severities[finding.severity]}</span> {finding.title}
            </>
          }
        >
          {finding.supersededBy && <p className="faint">{strings.folded}</p>}
          <p className="other-summary">
            <LongValue text={finding.summary} limit={summaryLimit} />
          </p>
          <Body finding={finding} legHref={legHref} />
        </Disclosure>
      )}
    </article>
  );
}

/** `Operator, then client`: whoever is first is who it waits for. */
function Actors({ by }: Pick<Finding, "by">) {
  const [first, ...others] = by.map((actor) => parts.actors[actor]);
  return (
    <>
      <strong>{first}</strong>
      {others.map((name) => `, ${strings.followedBy} ${name.toLowerCase()}`)}
    </>
  );
}

function Body({ finding, legHref }: Pick<FindingCardProps, "finding" | "legHref">) {
  const first = primaryOf(finding);
  const others = finding.evidence.filter((item) => item !== first);
  return (
    <>
      <dl className="verdict">
        <dt>{strings.certainty}</dt>
        <dd>
          <CertaintyMark certainty={finding.certainty} />
          <span className="faint">{parts.certaintyMeanings[finding.certainty]}</span>
        </dd>
        {finding.by.length > 0 && (
          <>
            <dt>{strings.whoActs}</dt>
            <dd className="actors">
              <Actors by={finding.by} />
            </dd>
          </>
        )}
      </dl>
      {first && (
        <>
          <h4>{strings.evidence}</h4>
          <EvidenceList evidence={[first]} legHref={legHref} />
        </>
      )}
      {finding.fix.length > 0 && (
        <>
          <h4>{strings.fix}</h4>
          <FixSteps steps={finding.fix} />
        </>
      )}
      {others.length > 0 && (
        <>
          <h4>{strings.moreEvidence}</h4>
          <EvidenceList evidence={others} legHref={legHref} />
        </>
      )}
      <Rivals rivals={finding.rivals} />
      <WhyItFails why={finding.why} references={finding.references} />
      <p className="finding-more">
        <a href={hrefOfFinding(finding.id)} target="_blank" rel="noopener">
          {strings.more}
          <Icon name="open" />
        </a>
      </p>
    </>
  );
}
