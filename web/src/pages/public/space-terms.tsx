import { Plural, Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { VisitCost } from '@wire/bookings/visit-costs.schema.js';
import { visitCostsQuery } from '../../api/directory';
import { useSession } from '../../api/session';
import { spaceTermsQuery, type Space } from '../../api/spaces';
import { DaysText } from '../../booking/days-text';
import { Money } from '../../components/money';
import { todayAt } from '../../i18n/days';

/** On what terms one comes, and what it would cost whoever looks, in words. */
export function SpaceTerms({ space }: { space: Space }) {
  const { data: session } = useSession();
  const { data: terms } = useQuery(spaceTermsQuery(space.id));
  const today = todayAt(space.timeZone).toString();
  const { data: costs } = useQuery(visitCostsQuery(session ? [space.id] : [], today, 'DAY'));
  const cost = costs?.get(space.id);
  return (
    <section className="space-part">
      <h2>
        <Trans>Terms</Trans>
      </h2>
      {cost && (
        <p className="space-cost">
          <Cost cost={cost} />
        </p>
      )}
      {terms && (
        <ul className="terms-text">
          <li>
            {terms.answerHours === null ? (
              <Trans>Booked at once.</Trans>
            ) : (
              <Plural
                value={terms.answerHours}
                one="On request: the space answers within # hour."
                other="On request: the space answers within # hours."
              />
            )}
          </li>
          <li>
            <Leaving terms={terms} />
          </li>
          <li>
            {terms.noShow === 'CONSUMED' ? (
              <Trans>Whoever does not come has used up what they booked.</Trans>
            ) : (
              <Trans>Not coming costs nothing.</Trans>
            )}
          </li>
        </ul>
      )}
    </section>
  );
}

function Leaving({
  terms: { cancelUntilHours, graceMinutes },
}: {
  terms: { cancelUntilHours: number | null; graceMinutes: number };
}) {
  const grace = (
    <Trans>In the first {graceMinutes} minutes after booking it is free whatever the hour.</Trans>
  );
  if (cancelUntilHours === null) {
    return (
      <>
        <Trans>Free to cancel until 18:00 of the day before.</Trans> {grace}
      </>
    );
  }
  return (
    <>
      <Plural
        value={cancelUntilHours}
        _0="Free to cancel until the beginning."
        one="Free to cancel until # hour before."
        other="Free to cancel until # hours before."
      />{' '}
      {grace}
    </>
  );
}

function Cost({ cost }: { cost: VisitCost }) {
  const price = cost.guestPrice && <Money amount={cost.guestPrice} />;
  const left = <DaysText halfDays={cost.leftHalfDays ?? 0} />;
  switch (cost.funding) {
    case 'SPONSOR_VOUCHER':
      return <Trans>Your sponsor pays, with a voucher of a day.</Trans>;
    case 'VISA_QUOTA':
      return <Trans>A day costs you nothing: your home space pays, and {left} of yours are left here.</Trans>;
    case 'PASS_UNITS':
      return <Trans>A day takes one day from your pass, which has {left} left.</Trans>;
    case 'PAY_AS_YOU_GO':
      return <Trans>A day costs you {price} at the counter.</Trans>;
    case null:
      return <Trans>Nothing of yours pays here: your network has no agreement with this space.</Trans>;
  }
}
