import type { ReactNode } from 'react';
import { stayFault } from './words';

type Field = {
  readonly name: string;
  readonly label: ReactNode;
  readonly value?: string | number | undefined;
};

/** A line that has to be filled in. */
export function Line({
  name,
  label,
  value,
  type = 'text',
  min,
  max,
}: Field & { readonly type?: 'text' | 'date' | 'number'; readonly min?: number; readonly max?: number }) {
  return (
    <label>
      {label}
      <input name={name} type={type} defaultValue={value} min={min} max={max} required />
    </label>
  );
}

/** Some sentences. */
export function Text({ name, label, value, isOptional = false }: Field & { readonly isOptional?: boolean }) {
  return (
    <label>
      {label}
      <textarea name={name} rows={3} maxLength={4000} defaultValue={value} required={!isOptional} />
    </label>
  );
}

export type Choice = { readonly value: string; readonly text: string };

export function Pick({ name, label, value, choices }: Field & { readonly choices: readonly Choice[] }) {
  return (
    <label>
      {label}
      <select name={name} defaultValue={value} required key={choices.length}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.text}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Tick({
  name,
  label,
  isOn = false,
}: Omit<Field, 'value'> & { readonly isOn?: boolean | undefined }) {
  return (
    <label className="stays-tick">
      <input name={name} type="checkbox" defaultChecked={isOn} />
      {label}
    </label>
  );
}

/** Done or still open; the words beside it say which. */
export function Mark({ isDone }: { readonly isDone: boolean }) {
  return <span aria-hidden="true">{isDone ? '✓' : '○'}</span>;
}

export function Fault({ error }: { readonly error: unknown }) {
  if (!error) return null;
  return (
    <p className="say-fault" role="alert">
      {stayFault(error)}
    </p>
  );
}
