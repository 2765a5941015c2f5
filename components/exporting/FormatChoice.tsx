import { useId } from "react";
import { type ExportFormat, exportFormats } from "@/lib/har/contents.ts";
import { strings } from "./strings.ts";

interface FormatChoiceProps {
  readonly chosen: ExportFormat;
  readonly onChoose: (format: ExportFormat) => void;
}

export function FormatChoice({ chosen, onChoose }: FormatChoiceProps) {
  const group = useId();
  return (
    <fieldset className="export-formats">
      <legend>{strings.format}</legend>
      {exportFormats.map((format) => {
        const { name, meaning } = strings.formats[format];
        const meaningId = `${group}-${format}`;
        return (
          <div key={format}>
            <label>
              <input
                type="radio"
                name={group}
                value={format}
                checked={format === chosen}
                aria-describedby={meaningId}
                onChange={() => onChoose(format)}
              />
              {name}
            </label>
            <p id={meaningId} className="faint">
              {meaning}
            </p>
          </div>
        );
      })}
    </fieldset>
  );
}
