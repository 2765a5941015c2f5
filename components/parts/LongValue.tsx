import { useState } from "react";
import { shortenMiddle } from "@/lib/report/visible-text.ts";
import { CopyButton } from "./CopyButton.tsx";
import { ServerText } from "./ServerText.tsx";
import { strings } from "./strings.ts";

interface LongValueProps {
  readonly text: string;
  /** Characters shown before the middle is left out. */
  readonly limit?: number;
  /** How it is shortened, unless in the middle. */
  readonly shorten?: (text: string, limit: number) => string;
}

/** Rendering more would slow the page down; the copy button still gives everything. */
const renderLimit = 20_000;

/** A value in full when short; otherwise both its ends, with the rest one press away and a copy button. */
export function LongValue({ text, limit = 160, shorten = shortenMiddle }: LongValueProps) {
  const [isWhole, setWhole] = useState(false);
  const inShort = shorten(text, limit);
  if (inShort === text) return <ServerText text={text} />;
  return (
    <>
      <ServerText text={isWhole ? shortenMiddle(text, renderLimit) : inShort} />{" "}
      <span className="value-actions">
        <button type="button" className="text-button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? strings.showLess : strings.showAll(text.length)}
        </button>
        <CopyButton text={text} label={strings.copy} isIconOnly />
      </span>
    </>
  );
}
