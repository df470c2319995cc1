import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SpaceView } from '@wire/directory/directory.schema.js';
import { spaceSignatoryQuery } from '../../api/charter';
import { dayText } from '../../i18n/days';
import { stateText, stopText } from './words';
import './charter.css';

const DATE = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** On the page of a space that takes no new bookings: why, and since when. */
export function HostingStopNote({ space: { hostingStop } }: { space: Pick<SpaceView, 'hostingStop'> }) {
  if (!hostingStop) return null;
  const since = dayText(hostingStop.since.slice(0, 10), DATE);
  return (
    <div className="charter-stop" role="note">
      <p>
        <strong>
          <Trans>No new bookings since {since}.</Trans>
        </strong>{' '}
        {stopText(hostingStop.code)} <Trans>What was booked before stays.</Trans>
      </p>
    </div>
  );
}

/** Which charter the space has signed, and how it stands under it. */
export function SpaceCharter({ space }: { space: SpaceView }) {
  const { t } = useLingui();
  const { data } = useQuery(spaceSignatoryQuery(space.id));
  const signatory = data?.items.find(({ endedAt }) => endedAt === null) ?? data?.items[0];
  const signature = signatory?.signatures[0];
  if (!signatory || !signature) return null;
  const day = dayText(signature.at.slice(0, 10), DATE);
  const deadline = signatory.deadline && dayText(signatory.deadline, DATE);
  return (
    <section className="space-part" aria-label={t`Charter`}>
      <h2>
        <Trans>Charter</Trans>
      </h2>
      <p>
        <Trans>
          Signed version {signature.number} on {day}.
        </Trans>
      </p>
      {signatory.state !== 'ACTIVE' && (
        <p>
          {stateText(signatory.state)}
          {signatory.state === 'RENEWAL_DUE' && deadline && (
            <>
              {': '}
              <Trans>until {deadline}</Trans>
            </>
          )}
        </p>
      )}
      <p>
        <Link to="/charter">
          <Trans>Read the charter</Trans>
        </Link>
      </p>
    </section>
  );
}
