import { useEffect, useState } from "react";
import { useProblem } from "./use-problem.ts";

/**
 * What `read` gives now and after every change; undefined until the first reading. A reading that fails is thrown into the
 * boundary around the screen.
 */
export function useWatched<Value>(
  read: () => Promise<Value>,
  watch: (onChange: () => void) => () => void,
): Value | undefined {
  const [value, setValue] = useState<{ readonly value: Value }>();
  const onProblem = useProblem();
  useEffect(() => {
    let turn = 0;
    const update = () => {
      turn += 1;
      const own = turn;
      read().then(
        (found) => own === turn && setValue({ value: found }),
        (error: unknown) => own === turn && onProblem(error),
      );
    };
    update();
    const stop = watch(update);
    return () => {
      turn += 1;
      stop();
    };
  }, [read, watch, onProblem]);
  return value?.value;
}
