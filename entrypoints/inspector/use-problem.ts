import { useCallback, useState } from "react";

/** Takes what failed and throws it into the boundary around the screen, which says what it was and whose. */
export function useProblem(): (error: unknown) => void {
  const [problem, setProblem] = useState<{ readonly error: unknown }>();
  const report = useCallback((error: unknown) => setProblem({ error }), []);
  if (problem) throw problem.error;
  return report;
}
