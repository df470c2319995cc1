import { Trans } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BLOCK_REASONS, BlockView } from '@wire/bookings/block.schema.js';
import { BookingPage } from '@wire/bookings/booking.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { call } from '../../api/call';
import { blockReason } from '../../components/incident-thread';
import { FormFault } from '../../components/say-form';
import { todayAt } from '../../i18n/days';
import { useOffice } from './rights';

/** A guest of a day, and the statement of reasons they will read. */
export function BlockGuest({ queryKey }: { queryKey: readonly unknown[] }) {
  const { space } = useOffice();
  const queries = useQueryClient();
  const [day, setDay] = useState(() => todayAt(space.timeZone).toString());
  const [id, renew] = useState(newId);
  const { data: guests = [] } = useQuery({
    queryKey: ['space', space.id, 'guests', day],
    queryFn: async () =>
      (await call(`/v1/bookings?spaceId=${space.id}&day=${day}&limit=100`, { returns: BookingPage })).items,
  });
  const block = useMutation({
    mutationFn: (body: object) => call(`/v1/blocks/${id}`, { method: 'PUT', body, returns: BlockView }),
    onSuccess: () => {
      renew(newId());
      return queries.invalidateQueries({ queryKey });
    },
  });
  const submit = (data: FormData) => {
    const until = data.get('until') as string;
    block.mutate({
      spaceId: space.id,
      personId: data.get('person'),
      reason: data.get('reason'),
      statement: data.get('statement'),
      ...(until ? { until } : {}),
    });
  };
  return (
    <details className="incident">
      <summary>
        <Trans>Block a guest</Trans>
      </summary>
      <form
        className="incident-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        <label>
          <Trans>Day of the visit or booking</Trans>
          <input
            type="date"
            value={day}
            onChange={({ currentTarget }) => setDay(currentTarget.value || day)}
          />
        </label>
        <label>
          <Trans>Guest</Trans>
          <select name="person" required>
            {guests.map(({ id: bookingId, personId, guest }) => (
              <option key={bookingId} value={personId}>
                {guest?.firstName} {guest?.homeSpaceName}
              </option>
            ))}
          </select>
        </label>
        <label>
          <Trans>Reason</Trans>
          <select name="reason">
            {BLOCK_REASONS.map((reason) => (
              <option key={reason} value={reason}>
                {blockReason(reason)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <Trans>Statement of reasons: the guest gets it by mail and may appeal</Trans>
          <textarea name="statement" rows={4} required maxLength={2000} />
        </label>
        <label>
          <Trans>Last day, if it ends by itself</Trans>
          <input type="date" name="until" />
        </label>
        <FormFault error={block.error} />
        <button type="submit" className="pill pill-strong" disabled={block.isPending}>
          <Trans>Block</Trans>
        </button>
      </form>
    </details>
  );
}
