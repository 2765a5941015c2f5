import { strings as attempt } from "@/components/attempt/strings.ts";
import { Disclosure } from "@/components/parts/Disclosure.tsx";
import { ServerText } from "@/components/parts/ServerText.tsx";
import type { ExportContents, ExportFormat } from "@/lib/har/contents.ts";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import { strings } from "./strings.ts";

interface ExportContentsViewProps {
  readonly contents: ExportContents;
  readonly format: ExportFormat;
}

const limit = 40;

export function ExportContentsView({ contents, format }: ExportContentsViewProps) {
  const { entries, legs, replaced, leftOut } = contents;
  const count = replaced.reduce((sum, one) => sum + one.count, 0);
  return (
    <div className="export-contents">
      <p data-count={format === "har" ? entries : legs.length}>
        <strong>{format === "har" ? strings.inFile(entries) : strings.inFileReport(legs.length)}</strong>.{" "}
        {strings.leftOut(leftOut)}
      </p>
      <p>{strings.safety}</p>
      <Disclosure title={strings.replaced(count)} isOpenAtFirst={count > 0}>
        <ul className="export-replaced" aria-label={strings.replacedList}>
          {replaced.slice(0, limit).map(({ name, count: times }) => (
            <li key={name}>
              <code>
                <ServerText text={shortenMiddle(name, 60)} />
              </code>{" "}
              <span className="faint">{strings.times(times)}</span>
            </li>
          ))}
          {replaced.length > limit && <li>{strings.more(replaced.length - limit)}</li>}
        </ul>
      </Disclosure>
      <Disclosure title={`${strings.legs} (${legs.length.toLocaleString("en")})`}>
        <ol className="export-legs">
          {legs.slice(0, limit).map(({ role, request }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one role may come twice; rows never move
            <li key={index}>
              {attempt.roles[role]}{" "}
              <span className="server-value">
                <ServerText text={shortenMiddle(request, 100)} />
              </span>
            </li>
          ))}
          {legs.length > limit && <li>{strings.more(legs.length - limit)}</li>}
        </ol>
      </Disclosure>
    </div>
  );
}
