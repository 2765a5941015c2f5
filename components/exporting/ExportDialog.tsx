import { useEffect, useId, useRef, useState } from "react";
import type { ExportFormat, PreparedExport } from "@/lib/har/contents.ts";
import { ExportContentsView } from "./ExportContentsView.tsx";
import { FormatChoice } from "./FormatChoice.tsx";
import { strings } from "./strings.ts";

interface ExportDialogProps {
  readonly prepare: () => Promise<PreparedExport | undefined>;
  readonly onSave: (format: ExportFormat, text: string) => void;
  readonly onClose: () => void;
}

type Loaded = { readonly prepared: PreparedExport | undefined } | { readonly isFailed: true } | undefined;

/** What will be in the file, before it is saved. What is saved is exactly what was prepared for the preview. */
export function ExportDialog({ prepare, onSave, onClose }: ExportDialogProps) {
  const [loaded, setLoaded] = useState<Loaded>();
  const [format, setFormat] = useState<ExportFormat>("har");
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => dialog.current?.showModal(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is previewed is what is saved, so it is made once
  useEffect(() => {
    let isCurrent = true;
    prepare().then(
      (prepared) => isCurrent && setLoaded({ prepared }),
      () => isCurrent && setLoaded({ isFailed: true }),
    );
    return () => {
      isCurrent = false;
    };
  }, []);

  const prepared = loaded && "prepared" in loaded ? loaded.prepared : undefined;
  return (
    <dialog ref={dialog} className="export" aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{strings.title}</h2>
      {prepared ? (
        <>
          <FormatChoice chosen={format} onChoose={setFormat} />
          <ExportContentsView contents={prepared.contents} format={format} />
        </>
      ) : (
        <p className="loading" role="status">
          {loaded === undefined ? strings.loading : "isFailed" in loaded ? strings.failed : strings.gone}
        </p>
      )}
      <div className="actions">
        {prepared && (
          <button
            type="button"
            className="button primary"
            onClick={() => {
              onSave(format, prepared.text[format]);
              dialog.current?.close();
            }}
          >
            {strings.save}
          </button>
        )}
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          {strings.cancel}
        </button>
      </div>
    </dialog>
  );
}
