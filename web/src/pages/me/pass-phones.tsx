import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Pass } from '../../api/mine';
import { endPhone, phonesQuery } from '../../api/passes';
import { problemText } from '../../api/problem-text';
import { dayText } from '../../i18n/days';

const ISO_DAY_LENGTH = 10;

/** Where the pass is. A lost phone is ended from here; opening the pass on another phone moves it there. */
export function Phones({ pass }: { pass: Pass }) {
  const { data: phones = [] } = useQuery(phonesQuery(pass.id));
  const ending = useMutation({ mutationFn: endPhone });
  return (
    <section>
      <h2>
        <Trans>Phones and cards</Trans>
      </h2>
      <p>
        <Trans>Open your pass on a new phone to move it there. The old phone then opens no door.</Trans>
      </p>
      <ul className="pass-rows">
        {phones.map((phone) => (
          <li key={phone.id}>
            <span>
              {phone.label ??
                (phone.kind === 'card' ? <Trans>A printed card</Trans> : <Trans>A phone</Trans>)}
              <small>
                <Trans>since {dayText(phone.since.slice(0, ISO_DAY_LENGTH))}</Trans>
              </small>
            </span>
            {phone.revokedAt ? (
              <span className="pass-mute">
                {phone.endedBy === 'MOVED' ? <Trans>Moved away</Trans> : <Trans>Ended</Trans>}
              </span>
            ) : (
              <Button variant="default" loading={ending.isPending} onClick={() => ending.mutate(phone)}>
                <Trans>Lost? End it</Trans>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {ending.error && (
        <p className="form-fault" role="alert">
          {problemText(ending.error)}
        </p>
      )}
    </section>
  );
}
