import { Trans } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { ScanView } from '@wire/checkin/checkin.schema.js';
import { FoundGuestView } from '@wire/checkin/desk.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { call } from '../../api/call';
import { reasonSentence } from '../../door/reason-text';
import { DeskForm } from './desk-dialog';
import { useDesk, useDeskAct } from './desk-context';

type Guest = { readonly email: string };

/** Somebody without a phone or a booking: found by the address they say, looked at, let in. Two taps. */
export function WalkInDialog({ onClose }: { onClose: () => void }) {
  const { space, token } = useDesk();
  const [guest, setGuest] = useState<Guest | null>(null);
  const [id] = useState(newId);
  const search = useMutation({
    mutationFn: (wanted: Guest) =>
      call('/v1/guest-searches', {
        method: 'POST',
        body: { spaceId: space.id, guest: wanted },
        returns: FoundGuestView,
        ...(token ? { token } : {}),
      }),
    onSuccess: (_, wanted) => setGuest(wanted),
  });
  const checkIn = useDeskAct(
    (part: string) => ({
      path: `/v1/hand-check-ins/${id}`,
      body: { spaceId: space.id, guest, ...(part ? { part } : {}) },
      returns: ScanView,
    }),
    ({ state }) => state === 'ACCEPTED' && onClose(),
  );
  const refused = checkIn.data?.state === 'REFUSED' ? checkIn.data.reason : null;
  const submit = (data: FormData) =>
    guest
      ? checkIn.mutate(data.get('part') as string)
      : search.mutate({ email: (data.get('email') as string).trim() });
  return (
    <DeskForm
      title={<Trans>Check in by hand</Trans>}
      submit={guest ? <Trans>It is them: check in</Trans> : <Trans>Look up</Trans>}
      isBusy={search.isPending || checkIn.isPending || refused !== null}
      error={search.error ?? checkIn.error}
      onClose={onClose}
      onSubmit={submit}
    >
      {guest && search.data ? <Found found={search.data} /> : <Address />}
      {refused && (
        <p className="desk-fault" role="alert">
          {reasonSentence(refused)}
        </p>
      )}
    </DeskForm>
  );
}

function Address() {
  return (
    <label className="desk-field">
      <Trans>E-mail address of the guest</Trans>
      <small>
        <Trans>The whole address, as they use it in Escale. Guests with a booking are in today's list.</Trans>
      </small>
      <input name="email" type="email" required autoComplete="off" dir="ltr" autoFocus />
    </label>
  );
}

function Found({ found }: { found: FoundGuestView }) {
  return (
    <>
      <p className="desk-found" role="status">
        <strong>{found.firstName}</strong>
        {found.homeSpaceName && <Trans>From {found.homeSpaceName}</Trans>}
        {found.isInside && <Trans>is checked in somewhere already</Trans>}
      </p>
      <label className="desk-field">
        <Trans>Part of the day</Trans>
        <select name="part" defaultValue="" autoFocus>
          <option value="">
            <Trans>The rest of today</Trans>
          </option>
          <option value="MORNING">
            <Trans>The morning</Trans>
          </option>
        </select>
      </label>
    </>
  );
}
