import { Disclosure } from "@/components/parts/Disclosure.tsx";
import { Icon, type IconName } from "@/components/parts/Icon.tsx";
import { LongValue } from "@/components/parts/LongValue.tsx";
import type { OracleReading } from "@/lib/probes/known-client.ts";
import { strings } from "./strings.ts";

export function Said({ text }: { readonly text: string }) {
  return (
    <p className="answer-says">
      <LongValue text={text} />
    </p>
  );
}

interface Line {
  readonly key: string;
  readonly icon: IconName;
  readonly verdict: string;
  readonly subject: string;
  readonly says: string;
}

export function Lines({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <ul className="answer-lines">
      {lines.map(({ key, icon, verdict, subject, says }) => (
        <li key={key} className="answer-line" data-verdict={icon}>
          <span className="answer-verdict">
            <Icon name={icon} />
            {verdict}
          </span>
          <span>
            <LongValue text={subject} />
            <span className="answer-says">
              <LongValue text={says} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What each kind of request was answered, for this client and for a random one. */
export function Oracles({ oracles }: { readonly oracles: readonly OracleReading[] }) {
  return (
    <Disclosure title={strings.asked}>
      <dl className="oracles">
        {oracles.flatMap(({ oracle, suspect, control }, index) =>
          (
            [
              ["suspect", suspect],
              ["control", control],
            ] as const
          ).map(([who, draws]) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the readings of a run never move
            <div key={`${index}-${who}`}>
              <dt>
                {strings.oracles[oracle]}, {strings.about[who]}
              </dt>
              {strings.answersOf(draws).map(({ says, count }) => (
                <dd key={says}>
                  {count} <LongValue text={says} />
                </dd>
              ))}
            </div>
          )),
        )}
      </dl>
    </Disclosure>
  );
}
