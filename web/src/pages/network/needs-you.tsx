import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { CaretRight } from '@phosphor-icons/react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Temporal } from '@wire/kernel/time.js';
import type { WindowView } from '@wire/settlement/window.schema.js';
import type { ReactNode } from 'react';
import { serverNowMs } from '../../api/call';
import {
  approvalsQuery,
  bankAccountsQuery,
  bankLinesQuery,
  batchesQuery,
  disputesQuery,
  exposuresQuery,
  ratesQuery,
  reviewsQuery,
} from '../../api/network';
import { todayAt } from '../../i18n/days';
import { NetLink, useHere, type Search } from './here';
import { Moment } from '../../components/moment';

type Need = {
  readonly key: string;
  readonly to: string;
  readonly search?: Search;
  readonly text: ReactNode;
  readonly when?: ReactNode;
};

/** Everything that waits for the treasurer, each with the place where it is done. */
export function NeedsYou({ windows }: { windows: readonly WindowView[] }) {
  const needs = [
    ...useSecondEyes(),
    ...windows.flatMap(windowNeeds),
    ...useBankNeeds(windows),
    ...useWordsDue(),
    ...useLimits(),
  ];
  const { t } = useLingui();
  return (
    <section>
      <h2>
        <Trans>Needs you</Trans>
      </h2>
      {needs.length === 0 ? (
        <p className="net-empty">
          <Trans>Nothing waits for you.</Trans>
        </p>
      ) : (
        <ul className="needs" aria-label={t`Needs you`}>
          {needs.map(({ key, to, search, text, when }) => (
            <li key={key}>
              <NetLink to={to} {...(search ? { search } : {})}>
                <span>{text}</span>
                {when && <small>{when}</small>}
                <CaretRight size={20} className="mirrored" aria-hidden="true" />
              </NetLink>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** What a colleague proposed and only somebody else can approve. */
function useSecondEyes(): Need[] {
  const { networkId, personId } = useHere();
  const { data: approvals } = useQuery(approvalsQuery(networkId));
  const { data: rates } = useQuery(ratesQuery(networkId));
  const { data: accounts } = useQuery(bankAccountsQuery(networkId));
  const mine = `person:${personId}`;
  const acts = (approvals?.items ?? [])
    .filter(({ approvedAt, proposedBy, act }) => !approvedAt && proposedBy !== mine && act !== 'RATE')
    .map((approval): Need => ({
      key: approval.id,
      to: approval.act === 'CLOSE_WINDOW' ? `windows/${approval.subject}` : 'audit',
      text:
        approval.act === 'CLOSE_WINDOW' ? (
          <Trans>A colleague proposes to close a window: look at it and approve it</Trans>
        ) : approval.act === 'PAY' ? (
          <Trans>A colleague proposes a payment: look at it and approve it</Trans>
        ) : approval.act === 'OPENING_BALANCE' ? (
          <Trans>A colleague proposes an opening balance: look at it and approve it</Trans>
        ) : approval.act === 'COLLECT' ? (
          <Trans>A colleague proposes to collect before paying: look at it and approve it</Trans>
        ) : (
          <Trans>A colleague proposes to close a period: look at it and approve it</Trans>
        ),
      when: <Moment at={approval.proposedAt} />,
    }));
  const openRates = rates?.items.filter((rate) => !rate.approvedBy && rate.proposedBy !== mine).length ?? 0;
  const newAccounts = accounts?.items.filter(({ state }) => state === 'PROPOSED').length ?? 0;
  return [
    ...acts,
    ...some('rates', openRates, 'rates', (n) => (
      <Plural
        value={n}
        one="# exchange rate waits for a second person"
        other="# exchange rates wait for a second person"
      />
    )),
    ...some('accounts', newAccounts, 'bank/accounts', (n) => (
      <Plural
        value={n}
        one="# bank account waits for a second person"
        other="# bank accounts wait for a second person"
      />
    )),
  ];
}

const some = (key: string, count: number, to: string, text: (count: number) => ReactNode): Need[] =>
  count > 0 ? [{ key, to, text: text(count) }] : [];

function windowNeeds(window: WindowView): Need[] {
  const to = `windows/${window.id}`;
  const number = String(window.number);
  const isPast = (at: string | null) =>
    at === null || Temporal.Instant.from(at).epochMilliseconds <= serverNowMs();
  if (window.state === 'OPEN' && window.closesAfter && window.closesAfter < todayAt('UTC').toString())
    return [{ key: to, to, text: <Trans>Window {number} is over and can be closed</Trans> }];
  if (window.state === 'CLOSED')
    return [{ key: to, to, text: <Trans>Window {number} is closed: send its statements</Trans> }];
  if (window.state === 'ADVISED' && isPast(window.callFrom))
    return [{ key: to, to, text: <Trans>Window {number}: its payments can be called</Trans> }];
  if (window.state === 'CALLED')
    return [
      {
        key: to,
        to,
        text: <Trans>Window {number} is called: see it paid and settle it</Trans>,
        when: window.settleBy && <Moment at={window.settleBy} />,
      },
    ];
  return [];
}

function useBankNeeds(windows: readonly WindowView[]): Need[] {
  const { networkId } = useHere();
  const { data: lines } = useQuery(bankLinesQuery(networkId));
  const called = windows.filter(({ state }) => state === 'CALLED');
  const batches = useQueries({ queries: called.map(({ id }) => batchesQuery(id)) }).flatMap(
    ({ data }) => data?.items ?? [],
  );
  const unmatched = lines?.items.filter(({ pile }) => pile !== 'MATCHED').length ?? 0;
  const proposed = batches.filter(({ state }) => state === 'PROPOSED').length;
  return [
    ...some('batches', proposed, 'bank/batches', (n) => (
      <Plural
        value={n}
        one="# payment batch waits for its approvals"
        other="# payment batches wait for their approvals"
      />
    )),
    ...some('lines', unmatched, 'bank/lines', (n) => (
      <Plural value={n} one="# bank line has no payment yet" other="# bank lines have no payment yet" />
    )),
  ];
}

/** Members who have used most of what they may owe. */
function useLimits(): Need[] {
  const { networkId } = useHere();
  const { data } = useQuery(exposuresQuery(networkId));
  const near = data?.items.filter(({ state }) => state === 'WARNED' || state === 'OVER').length ?? 0;
  return some('limits', near, 'rules', (n) => (
    <Plural
      value={n}
      one="# member is near its limit or over it"
      other="# members are near their limit or over it"
    />
  ));
}

const SOON_HOURS = 48;

/** Clocks that somebody else has to answer: disputes, and visits about to count as approved. */
function useWordsDue(): Need[] {
  const { networkId } = useHere();
  const { data: disputes } = useQuery(disputesQuery(networkId));
  const { data: reviews } = useQuery(reviewsQuery(networkId, 'PLAUSIBLE'));
  const soon = Temporal.Instant.fromEpochMilliseconds(serverNowMs()).add({ hours: SOON_HOURS });
  const deemed =
    reviews?.items.filter(
      ({ decideBy }) => Temporal.Instant.compare(Temporal.Instant.from(decideBy), soon) < 0,
    ).length ?? 0;
  return [
    ...(disputes?.items ?? [])
      .filter(({ endedAt }) => endedAt === null)
      .map((dispute): Need => ({
        key: dispute.id,
        to: `disputes/${dispute.id}`,
        text: (
          <Trans>
            {dispute.debtor.name} disputes a line of {dispute.creditor.name}
          </Trans>
        ),
        when: dispute.dueAt && <Moment at={dispute.dueAt} />,
      })),
    ...(deemed > 0
      ? [
          {
            key: 'reviews',
            to: 'usage',
            search: { state: 'PLAUSIBLE' },
            text: (
              <Plural
                value={deemed}
                one="# visit counts as approved within two days unless its debtor declines it"
                other="# visits count as approved within two days unless their debtor declines them"
              />
            ),
          },
        ]
      : []),
  ];
}
