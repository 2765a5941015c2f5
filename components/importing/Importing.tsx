import { Disclosure } from "@/components/parts/Disclosure.tsx";
import type { ImportedFile } from "@/lib/har/desk.ts";
import { importLimits } from "@/lib/har/limits.ts";
import { Chooser } from "./Chooser.tsx";
import { FileResult } from "./FileResult.tsx";
import { Progress, type Reading } from "./Progress.tsx";
import { strings } from "./strings.ts";

interface ImportingProps {
  /** Newest first. */
  readonly files: readonly ImportedFile[];
  /** What is being read now. */
  readonly reading: Reading | undefined;
  readonly wasCancelled: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onCancel: () => void;
  readonly onKeep: (session: string) => void;
}

export function Importing({ files, reading, wasCancelled, now, onFiles, onCancel, onKeep }: ImportingProps) {
  const read = files.filter(({ kind }) => kind === "read").length;
  return (
    <main className="screen importing">
      <div className="screen-head">
        <h2>{strings.title}</h2>
        <p>{strings.lead}</p>
      </div>
      {reading ? <Progress reading={reading} onCancel={onCancel} /> : <Chooser onFiles={onFiles} />}
      <p className="import-outcome" role="status">
        {wasCancelled && strings.cancelled}
      </p>
      <div className="import-notes">
        <p className="faint">
          {strings.accepts} {strings.caps(importLimits)}
        </p>
        <Disclosure title={strings.how}>
          <ul className="import-how">
            {strings.howSteps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
        </Disclosure>
      </div>
      {files.length > 0 && (
        <section aria-labelledby="opened-recordings">
          <h3 id="opened-recordings" className="section-title">
            {strings.opened}
          </h3>
          {read > 1 && <p className="faint">{strings.compared(read)}</p>}
          {files.map((file, index) => (
            <FileResult
              // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name; the list is replaced as a whole
              key={`${index} ${file.name}`}
              file={file}
              now={now}
              onKeep={onKeep}
            />
          ))}
        </section>
      )}
    </main>
  );
}
