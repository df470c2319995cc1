import { Trans } from '@lingui/react/macro';
import { Eye } from '@phosphor-icons/react';
import { useId, useState, type ReactNode } from 'react';
import { useOffice } from '../rights';
import './form.css';

/** What staff may look at and managers change. */
export function ManagersFields({ children }: { children: ReactNode }) {
  const { isManager } = useOffice();
  return (
    <>
      {!isManager && (
        <p className="look-only">
          <Eye size={20} aria-hidden="true" />
          <Trans>You can look at this. Somebody who manages the space can change it.</Trans>
        </p>
      )}
      <fieldset className="plain-fieldset" disabled={!isManager}>
        {children}
      </fieldset>
    </>
  );
}

type Field = { readonly label: ReactNode; readonly hint?: ReactNode; readonly id?: string };

export function Field({
  label,
  hint,
  id,
  children,
}: Field & { children: (props: { id: string; 'aria-describedby': string | undefined }) => ReactNode }) {
  const made = useId();
  const own = id ?? made;
  const hintId = hint ? `${own}-hint` : undefined;
  return (
    <div className="field">
      <label htmlFor={own}>{label}</label>
      {children({ id: own, 'aria-describedby': hintId })}
      {hint && (
        <p className="field-hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  );
}

const LINE_LENGTH_MAX = 200;
const LINES_LENGTH_MAX = 2000;

/** Empty is null: not told. */
export function LineField({
  value,
  onChange,
  placeholder,
  ...field
}: Field & { value: string | null; onChange: (value: string | null) => void; placeholder?: string }) {
  return (
    <Field {...field}>
      {(props) => (
        <input
          {...props}
          type="text"
          className="control"
          maxLength={LINE_LENGTH_MAX}
          placeholder={placeholder}
          value={value ?? ''}
          onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
        />
      )}
    </Field>
  );
}

export function LinesField({
  value,
  onChange,
  rows = 4,
  ...field
}: Field & { value: string | null; onChange: (value: string | null) => void; rows?: number }) {
  return (
    <Field {...field}>
      {(props) => (
        <textarea
          {...props}
          className="control"
          rows={rows}
          maxLength={LINES_LENGTH_MAX}
          value={value ?? ''}
          onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
        />
      )}
    </Field>
  );
}

export function NumberField({
  value,
  onChange,
  min,
  max,
  unit,
  ...field
}: Field & {
  value: number | null;
  onChange: (value: number | null) => void;
  min: number;
  max: number;
  unit?: ReactNode;
}) {
  return (
    <Field {...field}>
      {(props) => (
        <span className="number-control">
          <input
            {...props}
            type="number"
            inputMode="numeric"
            className="control es-figures"
            min={min}
            max={max}
            step={1}
            value={value ?? ''}
            onChange={({ currentTarget }) =>
              onChange(Number.isNaN(currentTarget.valueAsNumber) ? null : currentTarget.valueAsNumber)
            }
          />
          {unit && <span>{unit}</span>}
        </span>
      )}
    </Field>
  );
}

/** One of a few, all of them in sight. */
export function Choice<Value extends string>({
  label,
  hint,
  value,
  options,
  onChange,
  id,
}: Field & {
  value: Value;
  options: readonly (readonly [Value, ReactNode])[];
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className="choice" id={id} tabIndex={id ? -1 : undefined}>
      <legend>{label}</legend>
      <div>
        {options.map(([option, text]) => (
          <label key={option}>
            <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
            <span>{text}</span>
          </label>
        ))}
      </div>
      {hint && <p className="field-hint">{hint}</p>}
    </fieldset>
  );
}

/** A tick, as large as a thumb. */
export function Tick({
  isOn,
  onChange,
  children,
}: {
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  children: ReactNode;
}) {
  return (
    <label className="tick">
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>{children}</span>
    </label>
  );
}

const CLOCK = /^(?<hours>[01]?\d|2[0-3]):?(?<minutes>[0-5]\d)?$/;

/** 9, 930, 9:30 and 09:30 are all understood; what is no time is put back. */
function timeOf(text: string): string | null {
  const { hours, minutes = '00' } = CLOCK.exec(text.trim())?.groups ?? {};
  return hours === undefined ? null : `${hours.padStart(2, '0')}:${minutes}`;
}

/** A wall time of twenty-four hours in every language: the browser's own field follows the computer's. */
export function TimeInput({
  value,
  onChange,
  ...props
}: {
  value: string;
  onChange: (time: string) => void;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const leave = () => {
    const time = typed === null ? null : timeOf(typed);
    if (time !== null && time !== value) onChange(time);
    setTyped(null);
  };
  return (
    <input
      {...props}
      type="text"
      inputMode="numeric"
      dir="ltr"
      className="control time-input es-figures"
      maxLength={5}
      value={typed ?? value}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        if (/^\d\d:\d\d$/.test(currentTarget.value) && timeOf(currentTarget.value) !== null)
          onChange(currentTarget.value);
      }}
      onBlur={leave}
      onKeyDown={({ key }) => key === 'Enter' && leave()}
    />
  );
}
