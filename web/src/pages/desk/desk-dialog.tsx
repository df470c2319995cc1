import { Trans } from '@lingui/react/macro';
import { useEffect, useId, useRef, type FormEvent, type ReactNode } from 'react';
import { problemText } from '../../api/problem-text';
import './desk-dialog.css';

interface Dialog {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Over the desk, closed by Esc. The scanner behind it rests: its codes go to the field in focus. */
export function DeskDialog({ title, onClose, children }: Dialog) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current!.showModal(), []);
  return (
    <dialog ref={dialog} className="door-dialog desk-dialog" aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
}

interface Form extends Dialog {
  readonly submit: ReactNode;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onSubmit: (data: FormData) => void;
}

/** A question with one answer to give, or to leave. */
export function DeskForm({ title, onClose, children, submit, isBusy, error, onSubmit }: Form) {
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <DeskDialog title={title} onClose={onClose}>
      <form className="desk-form" onSubmit={send}>
        {children}
        {error && (
          <p className="desk-fault" role="alert">
            {problemText(error)}
          </p>
        )}
        <div className="door-dialog-actions">
          <button type="submit" className="pill pill-strong" disabled={isBusy}>
            {submit}
          </button>
          <button type="button" className="pill" onClick={onClose}>
            <Trans>Close</Trans>
          </button>
        </div>
      </form>
    </DeskDialog>
  );
}
