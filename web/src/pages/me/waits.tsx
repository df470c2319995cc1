import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { newId } from '@wire/kernel/ids.js';
import { lazy, Suspense, useState } from 'react';
import { problemText } from '../../api/problem-text';
import {
  acceptWait,
  declineWait,
  isWaiting,
  leaveWait,
  waitQuoteQuery,
  waitsQuery,
  type Wait,
} from '../../api/waits';
import { FundingText } from '../../booking/funding-text';
import { TermsText } from '../../booking/terms-text';
import { When } from '../../booking/when';
import { Tile } from '../../brand/tile';
import { Figures } from '../../components/figures';
import { Money } from '../../components/money';
import { dayText, todayAt } from '../../i18n/days';
import { partText } from '../../i18n/parts';
import './booking-proposal.css';

const TimeLeft = lazy(() => import('./time-left').then((module) => ({ default: module.TimeLeft })));

/** Lines I stand in, a desk that is kept for me first of all. */
export function Waits() {
  const { data = [] } = useQuery(waitsQuery);
  const isAhead = ({ day, timeZone }: Wait) => day >= todayAt(timeZone).toString();
  const told = data.filter((wait) => isWaiting(wait) || (isAhead(wait) && isPassedOver(wait)));
  if (told.length === 0) return null;
  const offered = told.filter(({ state }) => state === 'OFFERED');
  const others = told
    .filter(({ state }) => state !== 'OFFERED')
    .toSorted((a, b) => a.day.localeCompare(b.day));
  return (
    <section>
      {offered.map((wait) => (
        <Offered key={wait.id} wait={wait} />
      ))}
      {others.length > 0 && (
        <>
          <h2>
            <Trans>Waitlist</Trans>
          </h2>
          <ul className="booking-list">
            {others.map((wait) => (
              <Row key={wait.id} wait={wait} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function isPassedOver({ state }: Wait): boolean {
  return state === 'SKIPPED' || state === 'LAPSED';
}

/** The terms of today, the time left, and two answers. */
function Offered({ wait }: { wait: Wait }) {
  const { t } = useLingui();
  const { data: quote, error, isPending, refetch } = useQuery(waitQuoteQuery(wait.id));
  const [bookingId] = useState(newId);
  const accept = useMutation({
    mutationFn: (quoteId: string) => acceptWait(wait.id, { quoteId, bookingId }),
    onError: () => refetch(), // a quote that is old is made anew, and read before it is accepted
  });
  const decline = useMutation({ mutationFn: () => declineWait(wait.id) });
  const taken = quote?.options.find(({ outcome }) => outcome === 'TAKEN');
  const fault = accept.error ?? decline.error ?? error;
  return (
    <section className="proposal" aria-label={t`A desk is kept for you`}>
      <h2>
        <Trans>A desk at {wait.spaceName} is kept for you</Trans>
      </h2>
      <p>{quote ? <When of={quote} isLong /> : `${dayText(wait.day)}, ${partText(wait.part)}`}</p>
      <Suspense fallback={null}>
        <TimeLeft until={wait.answerBy!} />
      </Suspense>
      {taken && (
        <p>
          <FundingText option={taken} />
        </p>
      )}
      {quote && quote.guestPrice.minor > 0 && (
        <p>
          <Trans>
            You pay <Money amount={quote.guestPrice} />
          </Trans>
        </p>
      )}
      {quote && <TermsText terms={quote.terms} timeZone={quote.timeZone} city={wait.spaceName} />}
      {fault && (
        <p className="form-fault" role="alert">
          {problemText(fault)}
        </p>
      )}
      <div className="proposal-answers">
        <Button
          color="tomette"
          loading={isPending || accept.isPending}
          disabled={!quote || decline.isPending}
          onClick={() => quote && accept.mutate(quote.id)}
        >
          <Trans>Take this desk</Trans>
        </Button>
        <Button variant="default" disabled={accept.isPending} onClick={() => decline.mutate()}>
          <Trans>No, thank you</Trans>
        </Button>
      </div>
    </section>
  );
}

function Row({ wait }: { wait: Wait }) {
  const leave = useMutation({ mutationFn: () => leaveWait(wait.id) });
  return (
    <li className="booking-row">
      <Tile id={wait.spaceId} className="booking-tile" />
      <div>
        <h3>
          <Link to="/spaces/$spaceId" params={{ spaceId: wait.spaceId }}>
            {wait.spaceName}
          </Link>
        </h3>
        <p>
          {dayText(wait.day)} · {partText(wait.part)}
        </p>
        {isWaiting(wait) && (
          <button
            type="button"
            className="text-button"
            disabled={leave.isPending}
            onClick={() => leave.mutate()}
          >
            <Trans>Leave the line</Trans>
          </button>
        )}
        {leave.error && <p className="form-fault">{problemText(leave.error)}</p>}
      </div>
      <span className="booking-state booking-pending">
        <Said wait={wait} />
      </span>
    </li>
  );
}

function Said({ wait: { state, position } }: { wait: Wait }) {
  const place = <Figures>{String(position)}</Figures>;
  if (state === 'WAITING') return <Trans>Number {place} in line</Trans>;
  if (state === 'KEPT') return <Trans>A desk came free</Trans>;
  if (state === 'LAPSED') return <Trans>Your time ran out</Trans>;
  return <Trans>Passed over: you could not have booked it</Trans>;
}
