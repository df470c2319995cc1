import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { VisitCost } from '@wire/bookings/visit-costs.schema.js';
import { Tile } from '../../brand/tile';
import { DaysText } from '../../booking/days-text';
import { Hours } from '../../components/hours';
import { Money } from '../../components/money';
import { countryName } from '../../i18n/names';
import { freeDaysOf, type Found } from './find-rules';
import type { FindSearch } from './find-search';

/** One space of a list: where, when, what it costs whoever looks. */
export function SpaceCard({
  found: { space, free, cost },
  search,
  days,
}: {
  found: Found;
  search: FindSearch;
  /** How many were asked for. */
  days: number;
}) {
  const { t } = useLingui();
  const { from, until, part } = search;
  const facts = [
    space.stepFree === 'yes' ? t`step-free` : null,
    space.wifiMbps === null ? null : `${space.wifiMbps} Mb/s`,
  ].filter((fact) => fact !== null);
  const freeDays = freeDaysOf({ free }, search);
  return (
    <Link
      to="/spaces/$spaceId"
      params={{ spaceId: space.id }}
      search={{ from, until, part }}
      className="space-card"
    >
      <Tile id={space.id} className="space-cover" />
      <span className="space-card-body">
        <span className="space-card-line">
          <strong className="es-flare space-card-name">{space.name}</strong>
          {cost?.funding && cost.funding !== 'PAY_AS_YOU_GO' && (
            <span className="space-card-days">
              <DaysText halfDays={cost.halfDays} />
            </span>
          )}
          {cost?.funding === 'PAY_AS_YOU_GO' && cost.guestPrice && (
            <span className="space-card-days">
              <Money amount={cost.guestPrice} />
            </span>
          )}
        </span>
        <span className="space-card-place">
          {space.city} · {countryName(space.country)}
          {days === 1 && freeDays === 1 && (
            <>
              {' · '}
              <Trans>free then</Trans>
            </>
          )}
          {days > 1 && (
            <>
              {' · '}
              <Trans>
                {freeDays} of {days} days free
              </Trans>
            </>
          )}
        </span>
        <span className="space-card-facts">
          <TodayText found={space} />
          {facts.map((fact) => ` · ${fact}`)}
        </span>
        {cost && <CostText cost={cost} />}
      </span>
    </Link>
  );
}

function TodayText({ found: { today, city } }: { found: Found['space'] }) {
  const hours = <Hours day={{ day: '', ...today }} />;
  return today.intervals.length > 0 ? (
    <Trans>
      Today {hours} in {city}
    </Trans>
  ) : (
    <Trans>Today: {hours}</Trans>
  );
}

function CostText({ cost }: { cost: VisitCost }) {
  switch (cost.funding) {
    case 'SPONSOR_VOUCHER':
      return (
        <span className="space-card-cost" data-pays="nothing">
          <Trans>Your sponsor pays</Trans>
        </span>
      );
    case 'VISA_QUOTA':
      return (
        <span className="space-card-cost" data-pays="nothing">
          <Trans>Your free days pay</Trans>
        </span>
      );
    case 'PASS_UNITS':
      return (
        <span className="space-card-cost" data-pays="nothing">
          <Trans>Your pass pays</Trans>
        </span>
      );
    case 'PAY_AS_YOU_GO':
      return (
        <span className="space-card-cost">
          <Trans>You pay at the counter</Trans>
        </span>
      );
    case null:
      return (
        <span className="space-card-cost" data-pays="never">
          <Trans>No agreement with your network</Trans>
        </span>
      );
  }
}
