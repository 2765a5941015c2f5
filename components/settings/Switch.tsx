import { useId } from "react";

interface SwitchProps {
  readonly label: string;
  /** One sentence on what it does. */
  readonly meaning: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function Switch({ label, meaning, isOn, onChange }: SwitchProps) {
  const [fieldId, meaningId] = [useId(), useId()];
  return (
    <div className="switch">
      <input
        id={fieldId}
        type="checkbox"
        checked={isOn}
        aria-describedby={meaningId}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={fieldId}>{label}</label>
      <p id={meaningId} className="faint">
        {meaning}
      </p>
    </div>
  );
}
