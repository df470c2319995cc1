import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { VisitView } from '@wire/checkin/checkin.schema.js';
import { useState } from 'react';
import { call } from '../../../api/call';
import { problemText } from '../../../api/problem-text';
import { queries } from '../../../app/queries';
import { LineField } from '../form/fields';

/** A guest who was counted as missing was there: it becomes a visit, and the guest is told. */
export function Presence({ bookingId, onDone }: { bookingId: string; onDone: () => void }) {
  const { t } = useLingui();
  const [reason, setReason] = useState<string | null>(null);
  const presence = useMutation({
    mutationFn: () =>
      call(`/v1/bookings/${bookingId}/presence`, { method: 'PUT', body: { reason }, returns: VisitView }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['office'] });
      onDone();
    },
  });
  return (
    <form
      className="correct"
      aria-label={t`The guest was here`}
      onKeyDown={({ key }) => key === 'Escape' && onDone()}
      onSubmit={(event) => {
        event.preventDefault();
        presence.mutate();
      }}
    >
      <LineField
        label={<Trans>Why</Trans>}
        hint={<Trans>The guest gets it by mail, with what it changes for them.</Trans>}
        value={reason}
        onChange={setReason}
      />
      {presence.error && <p className="form-fault">{problemText(presence.error)}</p>}
      <div className="request-acts">
        <Button type="submit" color="tomette" loading={presence.isPending} disabled={reason === null}>
          <Trans>The guest was here</Trans>
        </Button>
        <Button variant="default" onClick={onDone}>
          <Trans>Leave it</Trans>
        </Button>
      </div>
    </form>
  );
}
