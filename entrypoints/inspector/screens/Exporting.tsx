import "@/components/exporting/exporting.css";
import { ExportDialog } from "@/components/exporting/ExportDialog.tsx";
import { saveFile } from "@/lib/browser/save-file.ts";
import type { PreparedExport } from "@/lib/har/contents.ts";

interface ExportingProps {
  readonly prepare: () => Promise<PreparedExport | undefined>;
  readonly onClose: () => void;
  readonly version: string;
}

export default function Exporting({ prepare, onClose, version }: ExportingProps) {
  return <ExportDialog prepare={prepare} onSave={saveFile} onClose={onClose} version={version} />;
}
