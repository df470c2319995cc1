import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { problemText } from '../../../api/problem-text';
import type { Draft } from './draft';
import './form.css';

type Bar = Pick<Draft<unknown>, 'isDirty' | 'isSaving' | 'isSaved' | 'error' | 'save' | 'discard' | 'undo'>;

/** Stands at the foot of a form while something is unsaved, and for the way back afterwards. */
export function SaveBar({ draft, children }: { draft: Bar; children?: ReactNode }) {
  const { t } = useLingui();
  const { isDirty, isSaving, isSaved, error } = draft;
  const save = () => void draft.save().catch(() => undefined); // said below
  return (
    <>
      <LeaveGuard draft={draft} />
      {(isDirty || isSaved || error) && (
        <div className="save-bar" role="region" aria-label={t`Saving`}>
          <div className="save-words" role="status">
            {error && <p className="form-fault">{problemText(error)}</p>}
            {children}
            {isDirty && !error && (
              <p>
                <Trans>Not saved yet.</Trans>
              </p>
            )}
            {isSaved && (
              <p>
                {draft.undo ? (
                  <Trans>Saved. Guests see it now.</Trans>
                ) : (
                  <Trans>It is again as it was before.</Trans>
                )}
              </p>
            )}
          </div>
          {isDirty && (
            <>
              <Button variant="default" onClick={draft.discard} disabled={isSaving}>
                <Trans>Undo changes</Trans>
              </Button>
              <Button color="tomette" onClick={save} loading={isSaving}>
                <Trans>Save</Trans>
              </Button>
            </>
          )}
          {isSaved && draft.undo && (
            <Button variant="default" onClick={() => void draft.undo!().catch(() => undefined)}>
              <Trans>Undo</Trans>
            </Button>
          )}
        </div>
      )}
    </>
  );
}

/** Nothing typed is lost by a wrong tap: leaving asks first, within the app and when the tab closes. */
function LeaveGuard({ draft }: { draft: Bar }) {
  const { isDirty, isSaving } = draft;
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  const dialog = useRef<HTMLDialogElement>(null);
  const isAsking = blocker.status === 'blocked';
  useEffect(() => {
    if (isAsking) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isAsking]);
  const saveAndGo = () => draft.save().then(blocker.proceed, blocker.reset);
  return (
    <dialog ref={dialog} className="leave" aria-labelledby="leave-title" onCancel={() => blocker.reset?.()}>
      <h2 id="leave-title">
        <Trans>Leave without saving?</Trans>
      </h2>
      <p>
        <Trans>What you changed here is not saved yet.</Trans>
      </p>
      <div>
        <Button color="tomette" loading={isSaving} onClick={() => void saveAndGo()}>
          <Trans>Save and go</Trans>
        </Button>
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          <Trans>Go without saving</Trans>
        </Button>
        <Button variant="subtle" onClick={() => blocker.reset?.()}>
          <Trans>Stay</Trans>
        </Button>
      </div>
    </dialog>
  );
}
