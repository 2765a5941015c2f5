import { use } from "react";
import { FindingPage, type FindingText } from "@/components/finding-page/FindingPage.tsx";
import { Shell } from "@/components/inspector/Shell.tsx";

const ids = new Set(["unknown-client", "client-known-to-some-instances"]);

function Shown({ text }: { readonly text: FindingText }) {
  return (
    <Shell screen="attempts">
      <FindingPage text={text} ids={ids} />
    </Shell>
  );
}

/** One of the pages that go with the extension, read when it is shown: outside a bundler nobody can. */
let page: Promise<{ readonly default: string }> | undefined;

function Bundled() {
  page ??= import("@/docs/findings/client-registration-lost.md?raw");
  return <Shown text={use(page).default} />;
}

export const findingPageScenes = [
  { name: "finding", element: <Bundled /> },
  { name: "finding-loading", element: <Shown text={undefined} /> },
  { name: "finding-missing", element: <Shown text="missing" /> },
];
