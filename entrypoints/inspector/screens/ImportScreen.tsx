import "@/components/importing/importing.css";
import { Importing } from "@/components/importing/Importing.tsx";
import { addFiles, cancelReading, keepRecording, useImports } from "../open-imports.ts";
import { useProblem } from "../use-problem.ts";

export default function ImportScreen() {
  const { files, reading, wasCancelled } = useImports();
  const onProblem = useProblem();
  return (
    <Importing
      files={files}
      reading={reading}
      wasCancelled={wasCancelled}
      now={Date.now()}
      onFiles={(chosen) => void addFiles(chosen).catch(onProblem)}
      onCancel={() => void cancelReading().catch(onProblem)}
      onKeep={(session) => void keepRecording(session).catch(onProblem)}
    />
  );
}
