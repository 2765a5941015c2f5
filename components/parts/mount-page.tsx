import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { type Copy, Copying } from "./copying.ts";
import { FailureBoundary } from "./FailureBoundary.tsx";
import { keepFocus } from "./keep-focus.ts";

interface PageParts {
  readonly version: string;
  readonly copy: Copy;
}

/** Puts a page's content into the document, inside the boundary that speaks up when Hopscope itself fails. */
export function mountPage(content: ReactNode, { version, copy }: PageParts): void {
  const root = document.getElementById("root");
  if (!root) throw new Error("The page has no root element");
  keepFocus();
  // React would print the error as it is; the card shows it without values.
  createRoot(root, { onCaughtError: () => undefined }).render(
    <FailureBoundary extent="page" version={version}>
      <Copying value={copy}>{content}</Copying>
    </FailureBoundary>,
  );
}
