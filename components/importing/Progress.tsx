import { ServerText } from "@/components/parts/ServerText.tsx";
import { shortenMiddle, toVisibleText } from "@/lib/report/visible-text.ts";
import { strings } from "./strings.ts";

export interface Reading {
  readonly files: readonly { readonly name: string; readonly size: number }[];
  /** Which of them is being read, from 0. */
  readonly file: number;
  /** Bytes read of it, after unpacking. */
  readonly bytes: number;
  readonly entries: number;
}

interface ProgressProps {
  readonly reading: Reading;
  readonly onCancel: () => void;
}

export function Progress({ reading, onCancel }: ProgressProps) {
  const { files, file, bytes, entries } = reading;
  const current = files[file];
  const size = current?.size ?? 0;
  const label = strings.reading(shortenMiddle(current?.name ?? "", 80));
  // How large a packed file becomes is not known before its end.
  const isPacked = bytes > size;
  const isAtEnd = bytes > 0 && bytes === size;
  return (
    <div className="import-progress">
      <p className="import-reading">
        <span role="status">
          <ServerText text={label} />
        </span>
        {files.length > 1 && <span className="faint">{strings.readingOf(file + 1, files.length)}</span>}
      </p>
      <progress
        aria-label={toVisibleText(label)}
        {...(!isPacked && !isAtEnd && { value: bytes, max: Math.max(1, size) })}
      />
      <p className="faint">
        {isPacked ? strings.progressPacked(bytes, entries) : strings.progress(bytes, size, entries)}
        {isAtEnd && `. ${strings.comparing}`}
      </p>
      <button type="button" className="button" onClick={onCancel}>
        {strings.cancel}
      </button>
    </div>
  );
}
