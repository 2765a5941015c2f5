import { useState } from "react";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import { CopyButton } from "./CopyButton.tsx";
import { ServerText } from "./ServerText.tsx";
import { strings } from "./strings.ts";

interface LongValueProps {
  readonly text: string;
  /** Characters shown before the middle is left out. */
  readonly limit?: number;
}

/** Rendering more would slow the page down; the copy button still gives everything. */
const renderLimit = 20_000;

/** A value in full when short; otherwise both its ends, with the rest one press away and a copy button. */
export function LongValue({ text, limit = 160 }: LongValueProps) {
  const [isWhole, setWhole] = useState(false);
  if (text.length <= limit) return <ServerText text={text} />;
  return (
    <>
      <ServerText text={shortenMiddle(text, isWhole ? renderLimit : limit)} />
      <span className="value-actions">
        <button type="button" className="text-button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? strings.showLess : strings.showAll(text.length)}
        </button>
        <CopyButton text={text} label={strings.copy} isIconOnly />
      </span>
    </>
  );
}
