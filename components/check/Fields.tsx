import { type ReactNode, useId } from "react";

interface TextFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: "text" | "url" | "password";
  readonly placeholder?: string;
}

export function TextField({ label, hint, value, onChange, type = "text", placeholder }: TextFieldProps) {
  const [id, hintId] = [useId(), useId()];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        {...(hint !== undefined && { "aria-describedby": hintId })}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint !== undefined && (
        <p id={hintId} className="faint">
          {hint}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  /** What belongs to this choice, shown while it is made. */
  readonly children?: ReactNode;
}

export function Choice({ name, label, hint, isChosen, onChoose, children }: ChoiceProps) {
  const [id, hintId] = [useId(), useId()];
  return (
    <div className="check-choice">
      <input id={id} type="radio" name={name} checked={isChosen} aria-describedby={hintId} onChange={onChoose} />
      <div>
        <label htmlFor={id}>{label}</label>
        <p id={hintId} className="faint">
          {hint}
        </p>
        {isChosen && children}
      </div>
    </div>
  );
}
