import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { bookingsQuery, type Pass } from '../../api/mine';
import { movementsQuery, type Movement } from '../../api/passes';
import { spacesQuery } from '../../api/spaces';
import { Figures } from '../../components/figures';
import { dayText } from '../../i18n/days';
import { daysNumber } from '../../i18n/names';

const ISO_DAY_LENGTH = 10;

/** Each transfer of the ledger in words, the latest first. */
export function Movements({ pass }: { pass: Pass }) {
  const { data: movements = [] } = useQuery(movementsQuery(pass.id));
  const { data: bookings = [] } = useQuery(bookingsQuery);
  const { data: spaces = [] } = useQuery(spacesQuery);
  const placeOf = ({ bookingId }: Movement) => {
    const spaceId = bookings.find(({ id }) => id === bookingId)?.spaceId;
    return spaces.find(({ id }) => id === spaceId)?.name;
  };
  return (
    <section>
      <h2>
        <Trans>What happened</Trans>
      </h2>
      <ul className="pass-rows">
        {movements.toReversed().map((movement) => (
          <li key={movement.id}>
            <span>
              <Word kind={movement.kind} />
              <small>
                {dayText(movement.at.slice(0, ISO_DAY_LENGTH))} {placeOf(movement)}
              </small>
            </span>
            <Figures>
              <bdi dir="ltr">{signed(movement)}</bdi>
            </Figures>
          </li>
        ))}
      </ul>
      <p>
        <a href={`/v1/passes/${pass.id}/movements.csv`} download>
          <Trans>Save as a table (CSV)</Trans>
        </a>
      </p>
    </section>
  );
}

function signed({ change, halfDays }: Movement): string {
  if (change === 0) return daysNumber(halfDays);
  return `${change > 0 ? '+' : '−'}${daysNumber(Math.abs(change))}`;
}

function Word({ kind }: Pick<Movement, 'kind'>) {
  switch (kind) {
    case 'ISSUED':
      return <Trans>Issued</Trans>;
    case 'BOOKED':
      return <Trans>Set aside for a booking</Trans>;
    case 'USED':
      return <Trans>Used</Trans>;
    case 'GIVEN_BACK':
      return <Trans>Given back</Trans>;
    case 'LAPSED':
      return <Trans>Lapsed</Trans>;
    case 'ROLLED_OVER':
      return <Trans>Into the next month</Trans>;
    case 'GUEST_INVITED':
      return <Trans>Set aside for a guest</Trans>;
    case 'GUEST_RETURNED':
      return <Trans>Back from a guest</Trans>;
    case 'CORRECTED':
      return <Trans>Corrected</Trans>;
  }
}
