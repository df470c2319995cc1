import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { moneyProblemText } from '../problem-words';

/** What went wrong with an act, where it was tried. */
export function Fault({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <p className="form-fault" role="alert">
      {moneyProblemText(error)}
    </p>
  );
}

/** An act that moves money or time is asked for once more, with what it does; it is not done by one slip. */
export function ConfirmedAct({
  name,
  consequence,
  act,
  isMain = false,
  isDisabled = false,
}: {
  name: ReactNode;
  consequence: ReactNode;
  act: Pick<UseMutationResult<unknown, Error, void>, 'mutate' | 'isPending' | 'error'>;
  isMain?: boolean;
  isDisabled?: boolean;
}) {
  const [isAsking, setAsking] = useState(false);
  if (!isAsking)
    return (
      <>
        <Button
          {...(isMain ? { color: 'tomette' } : { variant: 'default' })}
          disabled={isDisabled}
          loading={act.isPending}
          onClick={() => setAsking(true)}
        >
          {name}
        </Button>
        <Fault error={act.error} />
      </>
    );
  const sure = () => {
    setAsking(false);
    act.mutate();
  };
  return (
    <div className="confirm" role="group">
      <p>{consequence}</p>
      <Button color="tomette" onClick={sure} autoFocus>
        <Trans>Yes, do it</Trans>
      </Button>
      <Button variant="default" onClick={() => setAsking(false)}>
        <Trans>Not now</Trans>
      </Button>
    </div>
  );
}
