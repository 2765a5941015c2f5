import { type DragEvent, useId, useState } from "react";
import { Icon } from "@/components/parts/Icon.tsx";
import { strings } from "./strings.ts";

interface ChooserProps {
  readonly onFiles: (files: readonly File[]) => void;
}

/** A place to drop files on, and the same with a button, which keyboards reach. */
export function Chooser({ onFiles }: ChooserProps) {
  const [isOver, setOver] = useState(false);
  const fieldId = useId();
  const take = (list: FileList | null) => {
    if (list && list.length > 0) onFiles([...list]);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button below is the first
    <div
      className="drop"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Icon name="download" />
      <p>{strings.drop}</p>
      <input
        id={fieldId}
        className="visually-hidden"
        type="file"
        multiple
        accept=".har,.gz,.json,application/json"
        onChange={(event) => {
          take(event.target.files);
          // The same file chosen again is a choice too.
          event.target.value = "";
        }}
      />
      <label htmlFor={fieldId} className="button primary">
        {strings.choose}
      </label>
    </div>
  );
}
