import { cleanup, render as renderInto } from "@testing-library/react";
import type { ReactElement } from "react";
import { afterEach, vi } from "vitest";
import { Copying } from "@/components/parts/copying.ts";

afterEach(cleanup);

/** Renders with a clipboard that the test can look into. */
export function render(element: ReactElement) {
  const copy = vi.fn(async (_text: string) => undefined);
  const rendered = renderInto(<Copying value={copy}>{element}</Copying>);
  return { ...rendered, copy, show: (next: ReactElement) => rendered.rerender(<Copying value={copy}>{next}</Copying>) };
}
