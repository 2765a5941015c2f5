import { useEffect, useRef, useState } from "react";
import { strings } from "./strings.ts";

interface ConfirmButtonProps {
  readonly label: string;
  /** What will be lost, as a question. */
  readonly question: string;
  readonly confirm: string;
  readonly onConfirm: () => void;
  /** Beside other buttons it steps back; alone it has to look like one. */
  readonly isAlone?: boolean;
}

/** Asks in place before something that cannot be taken back; focus moves to the safe answer and returns. */
export function ConfirmButton({ label, question, confirm, onConfirm, isAlone = false }: ConfirmButtonProps) {
  const [isAsking, setAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const ask = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);

  useEffect(() => {
    if (isAsking) keep.current?.focus();
    else if (wasAsking.current) ask.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);

  if (!isAsking) {
    return (
      <button ref={ask} type="button" className={isAlone ? "button" : "button quiet"} onClick={() => setAsking(true)}>
        {label}
      </button>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a form's looks and a legend's quirks
    <span
      role="group"
      aria-label={question}
      className="confirm"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // Escape would close the popup as well.
        event.preventDefault();
        event.stopPropagation();
        setAsking(false);
      }}
    >
      <span>{question}</span>
      <button
        type="button"
        className="button danger"
        onClick={() => {
          setAsking(false);
          onConfirm();
        }}
      >
        {confirm}
      </button>
      <button ref={keep} type="button" className="button" onClick={() => setAsking(false)}>
        {strings.keep}
      </button>
    </span>
  );
}
