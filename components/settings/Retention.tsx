import { useId } from "react";
import { strings } from "./strings.ts";

interface RetentionProps {
  readonly days: number;
  readonly eventLimit: number;
  readonly onChange: (days: number) => void;
}

export function Retention({ days, eventLimit, onChange }: RetentionProps) {
  const [fieldId, meaningId] = [useId(), useId()];
  const { title, label, meaning, choices, other, failed, cap } = strings.retention;
  const isListed = choices.some((choice) => choice.days === days);
  return (
    <section aria-labelledby="settings-retention">
      <h3 id="settings-retention">{title}</h3>
      <p className="settings-field">
        <label htmlFor={fieldId}>{label}</label>
        <select
          id={fieldId}
          value={days}
          aria-describedby={meaningId}
          onChange={(event) => onChange(Number(event.target.value))}
        >
          {choices.map((choice) => (
            <option key={choice.days} value={choice.days}>
              {choice.name}
            </option>
          ))}
          {!isListed && <option value={days}>{other(days)}</option>}
        </select>
      </p>
      <p id={meaningId} className="faint">
        {meaning} {failed}
      </p>
      <p className="faint">{cap(eventLimit)}</p>
    </section>
  );
}
