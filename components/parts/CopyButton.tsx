import { useContext, useEffect, useState } from "react";
import { toVisibleText } from "@/lib/report/visible-text.ts";
import { Copying, CopyingPicture } from "./copying.ts";
import { Icon } from "./Icon.tsx";
import { strings } from "./strings.ts";

interface CopyButtonProps extends CopyingProps {
  /** The text, or how to make it at the click. */
  readonly text: string | (() => string | Promise<string>);
}

interface CopyPictureButtonProps extends CopyingProps {
  /** Makes a PNG. */
  readonly picture: () => Promise<Blob>;
}

interface CopyingProps {
  /** Word on the button; with `isIconOnly` it is the name that assistive technology reads. */
  readonly label: string;
  readonly isIconOnly?: boolean;
  readonly isPrimary?: boolean;
}

const shownFor = 2000;

export function CopyButton({ text, ...props }: CopyButtonProps) {
  const copy = useContext(Copying);
  // Where it is pasted, a control character may do something and a hidden one may lie.
  return <Button {...props} copy={async () => copy(toVisibleText(typeof text === "string" ? text : await text()))} />;
}

export function CopyPictureButton({ picture, ...props }: CopyPictureButtonProps) {
  const copy = useContext(CopyingPicture);
  return <Button {...props} copy={() => copy(picture())} />;
}

interface ButtonProps extends CopyingProps {
  readonly copy: () => Promise<void>;
}

function Button({ copy, label, isIconOnly = false, isPrimary = false }: ButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "failed">();

  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), shownFor);
    return () => clearTimeout(timer);
  }, [outcome]);

  const onClick = async () => {
    try {
      await copy();
      setOutcome("copied");
    } catch {
      setOutcome("failed");
    }
  };
  const said = outcome === "copied" ? strings.copied : outcome === "failed" ? strings.copyFailed : undefined;
  return (
    <button
      type="button"
      className={isIconOnly ? "button icon-only" : isPrimary ? "button primary" : "button"}
      onClick={onClick}
      {...(isIconOnly && { "aria-label": said ?? label, title: said ?? label })}
    >
      <Icon name={outcome === "copied" ? "check" : outcome === "failed" ? "cross" : "copy"} />
      {!isIconOnly && <span aria-live="polite">{said ?? label}</span>}
      {isIconOnly && (
        <span className="visually-hidden" aria-live="polite">
          {said}
        </span>
      )}
    </button>
  );
}
