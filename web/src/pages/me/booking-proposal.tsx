import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answerProposal, proposalsQuery, type Proposal } from '../../api/calls';
import { problemText } from '../../api/problem-text';
import { spaceQuery } from '../../api/spaces';
import { When } from '../../booking/when';
import { Tile } from '../../brand/tile';
import { Figures } from '../../components/figures';
import { Money } from '../../components/money';
import { PlaceTime } from '../../components/place-time';
import { LinkButton } from '../../components/link-button';
import { intlTag } from '../../i18n/activate';
import type { BookingSection } from './booking-section';
import './booking-proposal.css';

const METRES_PER_KILOMETRE = 1000;

/** The host cannot have the guest: what is offered instead, and two answers. */
export const BookingProposal: BookingSection = ({ booking }) => {
  const { data: proposals } = useQuery(proposalsQuery(booking.id));
  const { data: space } = useQuery(spaceQuery(booking.spaceId));
  const newest = proposals?.[0];
  if (!newest || !space) return null;
  if (newest.state === 'ACCEPTED') return <Moved proposal={newest} />;
  if (newest.state === 'SOUGHT') return <Sought name={space.name} />;
  if (newest.state !== 'OPEN' || !newest.alternative) return null;
  return <Answer proposal={newest} hostName={space.name} hostCity={space.city} zone={booking.timeZone} />;
};

function Sought({ name }: { name: string }) {
  return (
    <section className="proposal" role="status">
      <p>
        <Trans>{name} cannot have you then. We are looking for the nearest desk for you.</Trans>
      </p>
    </section>
  );
}

function Moved({ proposal: { newBookingId } }: { proposal: Proposal }) {
  if (!newBookingId) return null;
  return (
    <section className="proposal" role="status">
      <p>
        <Trans>You took a seat elsewhere.</Trans>
      </p>
      <LinkButton to="/me/bookings/$bookingId" params={{ bookingId: newBookingId }} variant="default">
        <Trans>Open the new booking</Trans>
      </LinkButton>
    </section>
  );
}

type AnswerProps = {
  readonly proposal: Proposal;
  readonly hostName: string;
  readonly hostCity: string;
  readonly zone: string;
};

function Answer({ proposal, hostName, hostCity, zone }: AnswerProps) {
  const { t } = useLingui();
  const answer = useMutation({
    mutationFn: (how: 'acceptance' | 'decline') => answerProposal(proposal.id, how),
  });
  const until = proposal.answerBy && <PlaceTime instant={proposal.answerBy} zone={zone} city={hostCity} />;
  return (
    <section className="proposal" aria-label={t`Another seat for you`}>
      <h2>
        <Trans>{hostName} cannot have you then</Trans>
      </h2>
      <p>
        <Trans>This is the nearest free desk. It costs you no more, on terms at least as good.</Trans>
      </p>
      <Seat alternative={proposal.alternative!} day={proposal.day} />
      <p>
        <Trans>Answer until {until}; after that, or if you decline, everything comes back to you.</Trans>
      </p>
      {answer.error && (
        <p className="form-fault" role="alert">
          {problemText(answer.error)}
        </p>
      )}
      <div className="proposal-answers">
        <Button color="tomette" loading={answer.isPending} onClick={() => answer.mutate('acceptance')}>
          <Trans>Take this seat</Trans>
        </Button>
        <Button variant="default" disabled={answer.isPending} onClick={() => answer.mutate('decline')}>
          <Trans>No, thank you</Trans>
        </Button>
      </div>
    </section>
  );
}

function Seat({ alternative, day }: { alternative: NonNullable<Proposal['alternative']>; day: string }) {
  const { data: space } = useQuery(spaceQuery(alternative.spaceId));
  const { startsAt, endsAt, timeZone, guestPrice, metres, spaceId } = alternative;
  const km = new Intl.NumberFormat(intlTag(), { maximumFractionDigits: 1 }).format(
    metres / METRES_PER_KILOMETRE,
  );
  const distance = <Figures>{km}</Figures>;
  return (
    <div className="proposal-seat">
      <Tile id={spaceId} className="proposal-tile" />
      <div>
        <h3>
          <Link to="/spaces/$spaceId" params={{ spaceId }}>
            {space?.name ?? '…'}
          </Link>
        </h3>
        <p>
          {space?.city} · <Trans>{distance} km away</Trans>
        </p>
        <p>
          <When of={{ day, startsAt, endsAt, timeZone }} />
        </p>
        {guestPrice.minor > 0 && (
          <p>
            <Trans>
              You pay <Money amount={guestPrice} />
            </Trans>
          </p>
        )}
      </div>
    </div>
  );
}
