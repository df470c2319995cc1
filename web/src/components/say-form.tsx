import type { ReactNode } from 'react';
import { problemText } from '../api/problem-text';
import './say-form.css';

interface Say {
  readonly label: ReactNode;
  readonly submit: ReactNode;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onSay: (text: string) => void;
}

/** A few sentences and one button. */
export function SayForm({ label, submit, isBusy, error, onSay }: Say) {
  return (
    <form
      className="say-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSay(new FormData(event.currentTarget).get('text') as string);
      }}
    >
      <label>
        {label}
        <textarea name="text" rows={3} required maxLength={2000} />
      </label>
      <FormFault error={error} />
      <button type="submit" className="pill pill-strong" disabled={isBusy}>
        {submit}
      </button>
    </form>
  );
}

export function FormFault({ error }: { error: Error | null }) {
  if (!error) return null;
  return (
    <p className="say-fault" role="alert">
      {problemText(error)}
    </p>
  );
}
