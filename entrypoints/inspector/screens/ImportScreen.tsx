import "@/components/importing/importing.css";
import { useState } from "react";
import { Importing } from "@/components/importing/Importing.tsx";
import { addFiles, cancelReading, keepRecording, useImports } from "../open-imports.ts";

export default function ImportScreen() {
  const { files, reading, wasCancelled } = useImports();
  const [problem, setProblem] = useState<{ readonly error: unknown }>();
  const report = (error: unknown) => setProblem({ error });

  if (problem) throw problem.error;
  return (
    <Importing
      files={files}
      reading={reading}
      wasCancelled={wasCancelled}
      now={Date.now()}
      onFiles={(chosen) => void addFiles(chosen).catch(report)}
      onCancel={() => void cancelReading().catch(report)}
      onKeep={(session) => void keepRecording(session).catch(report)}
    />
  );
}
