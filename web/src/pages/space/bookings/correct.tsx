import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { VisitView } from '@wire/checkin/checkin.schema.js';
import type { Part } from '@wire/kernel/words.js';
import { useState } from 'react';
import { call } from '../../../api/call';
import { problemText } from '../../../api/problem-text';
import { queries } from '../../../app/queries';
import { partText } from '../../../i18n/parts';
import { Choice, LineField } from '../form/fields';

/** Puts right what a visit was, until it is sealed; the guest is told what and why. */
export function Correct({ visit, onDone }: { visit: VisitView; onDone: () => void }) {
  const { t } = useLingui();
  const [to, setTo] = useState<Part | 'INVALID'>(visit.part === 'HOURS' ? 'INVALID' : visit.part);
  const [reason, setReason] = useState<string | null>(null);
  const correction = useMutation({
    mutationFn: () =>
      call(`/v1/visits/${visit.id}/correction`, { method: 'PUT', body: { to, reason }, returns: VisitView }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['office'] });
      onDone();
    },
  });
  return (
    <form
      className="correct"
      aria-label={t`Correct this visit`}
      onKeyDown={({ key }) => key === 'Escape' && onDone()}
      onSubmit={(event) => {
        event.preventDefault();
        correction.mutate();
      }}
    >
      <Choice
        label={<Trans>What it really was</Trans>}
        value={to}
        options={[
          ['DAY', partText('DAY')],
          ['MORNING', partText('MORNING')],
          ['AFTERNOON', partText('AFTERNOON')],
          ['INVALID', <Trans key="invalid">no visit</Trans>],
        ]}
        onChange={setTo}
      />
      <LineField
        label={<Trans>Why</Trans>}
        hint={<Trans>The guest gets it by mail, with what it changes for them.</Trans>}
        value={reason}
        onChange={setReason}
      />
      {correction.error && <p className="form-fault">{problemText(correction.error)}</p>}
      <div className="request-acts">
        <Button
          type="submit"
          color="tomette"
          loading={correction.isPending}
          disabled={reason === null || to === visit.part}
        >
          <Trans>Correct the visit</Trans>
        </Button>
        <Button variant="default" onClick={onDone}>
          <Trans>Leave it</Trans>
        </Button>
      </div>
    </form>
  );
}
