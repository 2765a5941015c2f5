import { useEffect, useId, useRef, useState } from "react";
import { CopyButton } from "@/components/parts/CopyButton.tsx";
import { describeFailure } from "@/components/parts/describe-failure.ts";
import { strings as parts } from "@/components/parts/strings.ts";
import type { ExportFormat, PreparedExport } from "@/lib/har/contents.ts";
import { ExportContentsView } from "./ExportContentsView.tsx";
import { FormatChoice } from "./FormatChoice.tsx";
import { strings } from "./strings.ts";

interface ExportDialogProps {
  readonly prepare: () => Promise<PreparedExport | undefined>;
  readonly onSave: (format: ExportFormat, text: string) => void;
  readonly onClose: () => void;
  readonly version: string;
}

type Loaded = { readonly prepared: PreparedExport | undefined } | { readonly failure: string } | undefined;

/** What will be in the file, before it is saved. What is saved is exactly what was prepared for the preview. */
export function ExportDialog({ prepare, onSave, onClose, version }: ExportDialogProps) {
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
      (error: unknown) => isCurrent && setLoaded({ failure: describeFailure(error, "", version) }),
    );
    return () => {
      isCurrent = false;
    };
  }, []);

  const prepared = loaded && "prepared" in loaded ? loaded.prepared : undefined;
  const failure = loaded && "failure" in loaded ? loaded.failure : undefined;
  return (
    <dialog
      ref={dialog}
      className="export"
      aria-labelledby={titleId}
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // Left to the browser, Escape closes the popup together with the dialog in it.
        event.preventDefault();
        dialog.current?.close();
      }}
    >
      {/* Focused first, so that what the dialog is comes before what can be done in it. */}
      {/* biome-ignore lint/a11y/noAutofocus: a dialog has to put the focus somewhere inside itself */}
      <h2 id={titleId} tabIndex={-1} autoFocus>
        {strings.title}
      </h2>
      {prepared ? (
        <>
          <FormatChoice chosen={format} onChoose={setFormat} />
          <ExportContentsView contents={prepared.contents} format={format} />
        </>
      ) : (
        <p className="loading" role="status">
          {loaded === undefined ? strings.loading : failure !== undefined ? strings.failed : strings.gone}
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
        {failure !== undefined && <CopyButton text={failure} label={parts.failed.copy} isPrimary />}
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          {prepared || loaded === undefined ? strings.cancel : strings.close}
        </button>
      </div>
    </dialog>
  );
}
