import "@/components/importing/importing.css";
import { useState } from "react";
import { Importing } from "@/components/importing/Importing.tsx";
import type { Reading } from "@/components/importing/Progress.tsx";
import { addFiles, cancelReading, keepRecording, useOpenFiles } from "../open-imports.ts";

export default function ImportScreen() {
  const files = useOpenFiles();
  const [reading, setReading] = useState<Reading>();
  const [wasCancelled, setCancelled] = useState(false);
  const [problem, setProblem] = useState<{ readonly error: unknown }>();
  const report = (error: unknown) => setProblem({ error });

  const read = async (chosen: readonly File[]) => {
    const listed = chosen.map(({ name, size }) => ({ name, size }));
    setCancelled(false);
    setReading({ files: listed, file: 0, bytes: 0, entries: 0 });
    try {
      setCancelled(!(await addFiles(chosen, (progress) => setReading({ files: listed, ...progress }))));
    } finally {
      setReading(undefined);
    }
  };

  if (problem) throw problem.error;
  return (
    <Importing
      files={files}
      reading={reading}
      wasCancelled={wasCancelled}
      now={Date.now()}
      onFiles={(chosen) => void read(chosen).catch(report)}
      onCancel={() => void cancelReading().catch(report)}
      onKeep={(session) => void keepRecording(session).catch(report)}
    />
  );
}
