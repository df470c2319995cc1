import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CapacityPage, type CapacityDay } from '@wire/bookings/office.schema.js';
import { Temporal, type PlainDate } from '@wire/kernel/time.js';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { Figures } from '../../components/figures';
import { todayAt } from '../../i18n/days';
import { lazy, Suspense } from 'react';
import { DayDrawer } from './capacity/day-drawer';
import { fullest } from './capacity/fullest';
import { Field } from './form/fields';
import { kindText } from './kinds';
import { MonthGrid } from './month-grid';
import { useOffice } from './rights';
import './capacity/capacity.css';

const Line = lazy(() => import('./capacity/line').then((module) => ({ default: module.Line })));

const FULL_SHARE = 52;

/** Seats of a pool, day by day; a day opens into its half-hours. */
export function CapacityTab() {
  const { t } = useLingui();
  const { space } = useOffice();
  const { pool, day, month, go } = useCapacitySearch();
  const { data, error } = useQuery({
    queryKey: ['office', space.id, 'capacity', pool?.id, month.toString()],
    enabled: pool !== undefined,
    queryFn: () =>
      call(`/v1/pools/${pool!.id}/days?from=${month.toString()}&days=${month.daysInMonth}`, {
        returns: CapacityPage,
      }),
  });
  const days = new Map(data?.items.map((each) => [each.day, each]));
  const cell = (date: string) => {
    const known = days.get(date);
    if (!known) return { content: null };
    const { offered, taken } = fullest(known);
    if (offered === 0 && taken === 0)
      return { content: <span>{t`closed`}</span>, tone: 'closed', says: t`closed` };
    return { content: <Load day={known} />, says: t`${taken} of ${offered} taken` };
  };
  const chosen = day ? days.get(day) : undefined;
  return (
    <section className="capacity">
      <h1>
        <Trans>Capacity</Trans>
      </h1>
      <p className="office-lead">
        <Trans>
          Seats taken at the fullest moment of each day. Choose a day to see its hours, or to keep seats back.
        </Trans>
      </p>
      {space.pools.length > 1 && (
        <Field label={<Trans>Pool</Trans>}>
          {(props) => (
            <select
              {...props}
              className="control capacity-pool"
              value={pool?.id}
              onChange={({ currentTarget }) => go({ pool: currentTarget.value })}
            >
              {space.pools.map(({ id, name, resourceKind }) => (
                <option key={id} value={id}>
                  {name} · {kindText(resourceKind)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {error && <p className="form-fault">{problemText(error)}</p>}
      {!pool && (
        <p>
          <Trans>There is no pool yet: add one under “Desks and rooms”.</Trans>
        </p>
      )}
      {pool && (
        <div className="panel capacity-columns">
          <MonthGrid
            month={month}
            onMonth={(next) => go({ month: next.toString().slice(0, 7) })}
            selected={day ?? null}
            onSelect={(date) => go({ day: date })}
            cell={cell}
            label={t`Capacity`}
          />
          {chosen ? (
            <DayDrawer
              key={chosen.day}
              poolId={pool.id}
              day={chosen}
              onClose={() => go({ day: undefined })}
            />
          ) : (
            <p className="capacity-hint">
              <Trans>Arrow keys move from day to day, Page Up and Page Down from month to month.</Trans>
            </p>
          )}
        </div>
      )}
      {pool && (
        <Suspense fallback={null}>
          <Line spaceId={space.id} from={month.toString()} days={month.daysInMonth} />
        </Suspense>
      )}
    </section>
  );
}

function Load({ day }: { day: CapacityDay }) {
  const { offered, taken } = fullest(day);
  const blocked = day.blocks.reduce((sum, { seats }) => sum + seats, 0);
  const share = offered === 0 ? FULL_SHARE : Math.round((taken / offered) * FULL_SHARE);
  return (
    <span className="capacity-load">
      <meter min={0} max={Math.max(offered, taken)} value={taken} data-share={share} aria-hidden="true" />
      <Figures>{`${taken}/${offered}`}</Figures>
      {blocked > 0 && (
        <small>
          <Trans>{String(blocked)} kept back</Trans>
        </small>
      )}
    </span>
  );
}

/** The pool, the month and the day stand in the address, so that a view can be kept or sent. */
function useCapacitySearch() {
  const { space } = useOffice();
  const search = useSearch({ from: '/page/space/$spaceId/{-$tab}' });
  const navigate = useNavigate({ from: '/space/$spaceId/{-$tab}' });
  const day = /^\d{4}-\d{2}-\d{2}$/.test(search['day'] ?? '') ? search['day'] : undefined;
  const asked = search['month'] ?? day?.slice(0, 7);
  const go = (next: Record<string, string | undefined>) =>
    void navigate({
      search: (before: Record<string, string | undefined>) => ({ ...before, ...next }),
      replace: true,
    });
  return {
    pool: space.pools.find(({ id }) => id === search['pool']) ?? space.pools[0],
    day,
    month: monthOf(asked) ?? todayAt(space.timeZone).with({ day: 1 }),
    go,
  };
}

function monthOf(text: string | undefined): PlainDate | null {
  return text && /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? Temporal.PlainDate.from(`${text}-01`) : null;
}
