import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { PoolLoadPage } from '@wire/bookings/office.schema.js';
import { PoolView } from '@wire/directory/directory.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { Temporal } from '@wire/kernel/time.js';
import { RESOURCE_KINDS, type ResourceKind } from '@wire/kernel/words.js';
import { useState } from 'react';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { queries } from '../../app/queries';
import { dayText, todayAt } from '../../i18n/days';
import { Field, LineField, ManagersFields, NumberField } from './form/fields';
import { DayInput } from './hours/seasons';
import { kindText } from './kinds';
import { useOffice } from './rights';
import './desks-tab.css';

type Pool = PoolView;
const CAPACITY_MAX = 10_000;

/** What can be booked here, and how much of it. */
export function DesksTab() {
  const { space } = useOffice();
  return (
    <section>
      <h1>
        <Trans>Desks and rooms</Trans>
      </h1>
      <p className="office-lead">
        <Trans>
          A pool holds seats that are worth the same: whoever books gets any of them. What is booked already
          stays booked, whatever you change.
        </Trans>
      </p>
      <ManagersFields>
        <ul className="pool-list">
          {space.pools.map((pool) => (
            <PoolCard key={pool.id} pool={pool} />
          ))}
        </ul>
        <NewPool />
      </ManagersFields>
    </section>
  );
}

function useLoad(poolId: string) {
  const { data } = useQuery({
    queryKey: ['office', 'load', poolId],
    queryFn: () => call(`/v1/pools/${poolId}/load`, { returns: PoolLoadPage }),
  });
  return data?.items ?? [];
}

const changed = (spaceId: string, poolId: string) =>
  Promise.all([
    queries.invalidateQueries({ queryKey: ['spaces', spaceId] }),
    queries.invalidateQueries({ queryKey: ['office', 'load', poolId] }),
    queries.invalidateQueries({ queryKey: ['office', spaceId] }),
  ]);

function PoolCard({ pool }: { pool: Pool }) {
  const { isManager } = useOffice();
  const [isEnding, setEnding] = useState(false);
  return (
    <li className="panel pool" aria-label={pool.name}>
      <h2>{pool.name}</h2>
      <p className="pool-kind">{kindText(pool.resourceKind)}</p>
      <PoolForm pool={pool} />
      {pool.retiredFrom && <Ended pool={pool} day={pool.retiredFrom} />}
      {!pool.retiredFrom && isManager && !isEnding && (
        <button type="button" className="text-button" onClick={() => setEnding(true)}>
          <Trans>End this pool</Trans>
        </button>
      )}
      {isEnding && <EndPool pool={pool} onDone={() => setEnding(false)} />}
    </li>
  );
}

function PoolForm({ pool }: { pool: Pool }) {
  const [name, setName] = useState<string | null>(pool.name);
  const [capacity, setCapacity] = useState<number | null>(pool.capacity);
  const over = useLoad(pool.id).filter(({ taken }) => capacity !== null && taken > capacity);
  const isChanged = name !== pool.name || capacity !== pool.capacity;
  const saving = useMutation({
    mutationFn: () => putPool(pool.id, { ...pool, name: name ?? '', capacity: capacity ?? 0 }),
    onSuccess: () => changed(pool.spaceId, pool.id),
  });
  const first = over.slice(0, 3).map(({ day, taken }) => `${dayText(day)} (${taken})`);
  return (
    <form
      className="pool-form"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <LineField label={<Trans>Name</Trans>} value={name} onChange={setName} />
      <NumberField
        label={<Trans>Seats</Trans>}
        min={0}
        max={CAPACITY_MAX}
        value={capacity}
        onChange={setCapacity}
      />
      {isChanged && (
        <Button
          type="submit"
          color="tomette"
          loading={saving.isPending}
          disabled={name === null || capacity === null}
        >
          <Trans>Save</Trans>
        </Button>
      )}
      {isChanged && over.length > 0 && (
        <p className="pool-over" role="status">
          <Plural
            value={over.length}
            one="On # day more is booked than that:"
            other="On # days more is booked than that:"
          />{' '}
          {first.join(', ')}. <Trans>Those bookings stay; nobody new is let in on top of them.</Trans>
        </p>
      )}
      {saving.isSuccess && !isChanged && (
        <p className="pool-saved" role="status">
          <Trans>Saved.</Trans>
        </p>
      )}
      {saving.error && <p className="form-fault">{problemText(saving.error)}</p>}
    </form>
  );
}

function putPool(id: string, { spaceId, resourceKind, name, capacity }: Omit<Pool, 'id' | 'retiredFrom'>) {
  const body = { spaceId, resourceKind, name, capacity };
  return call(`/v1/pools/${id}`, { method: 'PUT', body, returns: PoolView });
}

function Ended({ pool, day }: { pool: Pool; day: string }) {
  const { isManager } = useOffice();
  const keeping = useMutation({
    mutationFn: () => call(`/v1/pools/${pool.id}/retirement`, { method: 'DELETE', returns: PoolView }),
    onSuccess: () => changed(pool.spaceId, pool.id),
  });
  return (
    <p className="pool-over">
      <Trans>
        Offers nothing from {dayText(day, { day: 'numeric', month: 'long', year: 'numeric' })} on.
      </Trans>{' '}
      {isManager && (
        <button type="button" className="text-button" onClick={() => keeping.mutate()}>
          <Trans>Keep it after all</Trans>
        </button>
      )}
    </p>
  );
}

/** Proposes the day after the last booking, so that nobody is hit. */
function EndPool({ pool, onDone }: { pool: Pool; onDone: () => void }) {
  const { t } = useLingui();
  const { space } = useOffice();
  const load = useLoad(pool.id);
  const last = load.at(-1)?.day;
  const proposed = (last ? Temporal.PlainDate.from(last) : todayAt(space.timeZone))
    .add({ days: 1 })
    .toString();
  const [chosen, setChosen] = useState<string>();
  const fromDay = chosen ?? proposed;
  const after = load.filter(({ day }) => day >= fromDay).reduce((sum, { bookings }) => sum + bookings, 0);
  const ending = useMutation({
    mutationFn: () =>
      call(`/v1/pools/${pool.id}/retirement`, { method: 'PUT', body: { fromDay }, returns: PoolView }),
    onSuccess: async () => {
      await changed(pool.spaceId, pool.id);
      onDone();
    },
  });
  return (
    <div className="pool-end" role="group" aria-label={t`End this pool`}>
      <DayInput label={t`First day without it`} value={fromDay} onChange={setChosen} />
      <p>
        {after > 0 ? (
          <Plural
            value={after}
            one="# booking lies after that day. It stays and is served."
            other="# bookings lie after that day. They stay and are served."
          />
        ) : (
          <Trans>Nothing is booked from that day on.</Trans>
        )}
      </p>
      {ending.error && <p className="form-fault">{problemText(ending.error)}</p>}
      <Button color="tomette" loading={ending.isPending} onClick={() => ending.mutate()}>
        <Trans>End it</Trans>
      </Button>
      <Button variant="default" onClick={onDone}>
        <Trans>Keep it</Trans>
      </Button>
    </div>
  );
}

function NewPool() {
  const { space } = useOffice();
  const [kind, setKind] = useState<ResourceKind>('hot_desk');
  const [name, setName] = useState<string | null>(null);
  const [capacity, setCapacity] = useState<number | null>(null);
  const adding = useMutation({
    mutationFn: () =>
      putPool(newId(), { spaceId: space.id, resourceKind: kind, name: name ?? '', capacity: capacity ?? 0 }),
    onSuccess: async ({ id }) => {
      setName(null);
      setCapacity(null);
      await changed(space.id, id);
    },
  });
  return (
    <form
      className="panel pool-form"
      onSubmit={(event) => {
        event.preventDefault();
        adding.mutate();
      }}
    >
      <h2>
        <Trans>Add a pool</Trans>
      </h2>
      <Field label={<Trans>Kind</Trans>}>
        {(props) => (
          <select
            {...props}
            className="control"
            value={kind}
            onChange={({ currentTarget }) => setKind(currentTarget.value as ResourceKind)}
          >
            {RESOURCE_KINDS.map((each) => (
              <option key={each} value={each}>
                {kindText(each)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <LineField label={<Trans>Name</Trans>} value={name} onChange={setName} />
      <NumberField
        label={<Trans>Seats</Trans>}
        min={0}
        max={CAPACITY_MAX}
        value={capacity}
        onChange={setCapacity}
      />
      <Button
        type="submit"
        variant="default"
        loading={adding.isPending}
        disabled={name === null || capacity === null}
      >
        <Trans>Add</Trans>
      </Button>
      {adding.error && <p className="form-fault">{problemText(adding.error)}</p>}
    </form>
  );
}
