import { Disclosure } from "@/components/parts/Disclosure.tsx";
import { Icon } from "@/components/parts/Icon.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import type { Diagnosis, Finding } from "@/lib/diagnosis/rule.ts";
import { strings } from "./strings.ts";

/** The mechanism and where it is defined. */
export function WhyItFails({ why, references }: Pick<Finding, "why" | "references">) {
  return (
    <Disclosure title={strings.why}>
      <p>{why}</p>
      <p className="references">
        {strings.references}{" "}
        {references.map(({ spec, section, url }, index) => (
          <span key={`${url} ${section}`}>
            {index > 0 && ", "}
            <a href={url} target="_blank" rel="noreferrer">
              {spec} {section}
              <Icon name="open" />
            </a>
          </span>
        ))}
      </p>
    </Disclosure>
  );
}

/** Other causes that the same evidence allows. */
export function Rivals({ rivals }: Pick<Finding, "rivals">) {
  if (rivals.length === 0) return null;
  return (
    <>
      <h4>{strings.rivals}</h4>
      <ul className="questions">
        {rivals.map(({ id, separatedBy }) => (
          <li key={id}>
            <strong>{toWords(id)}</strong>
            <p>
              <span className="faint">{strings.separatedBy}</span> <ServerText text={separatedBy} />
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the evidence leaves open. */
export function Unsettled({ unsettled }: Pick<Diagnosis, "unsettled">) {
  if (unsettled.length === 0) return null;
  return (
    <Disclosure title={strings.unsettled(unsettled.length)}>
      <ul className="questions">
        {unsettled.map(({ id, title, missing, settledBy }) => (
          <li key={id}>
            <p>
              <span className="faint">{strings.cannotTell}</span> <strong>{title}</strong>
            </p>
            <p>
              <ServerText text={missing} />
            </p>
            <p>
              <span className="faint">{strings.settledBy}</span> <ServerText text={settledBy} />
            </p>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

/** Rule ids are noun phrases: `client-registration-lost` reads as words. */
function toWords(id: string): string {
  const words = id.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
