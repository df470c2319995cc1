import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { X } from '@phosphor-icons/react';
import { useMutation } from '@tanstack/react-query';
import { SeatBlockView, type CapacityDay } from '@wire/bookings/office.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { call } from '../../../api/call';
import { problemText } from '../../../api/problem-text';
import { queries } from '../../../app/queries';
import { Figures } from '../../../components/figures';
import { dayText } from '../../../i18n/days';
import { LineField, NumberField } from '../form/fields';
import { useOffice } from '../rights';
import { fullest } from './fullest';

/** One day in half-hours, and the seats the space keeps back. */
export function DayDrawer({
  poolId,
  day,
  onClose,
}: {
  poolId: string;
  day: CapacityDay;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const { isManager } = useOffice();
  const name = dayText(day.day, { weekday: 'long', day: 'numeric', month: 'long' });
  return (
    <section className="day-drawer" aria-label={name} onKeyDown={({ key }) => key === 'Escape' && onClose()}>
      <header>
        <h3>{name}</h3>
        <button type="button" className="icon-button" aria-label={t`Close`} onClick={onClose}>
          <X size={20} aria-hidden="true" />
        </button>
      </header>
      <Slots day={day} />
      <ul className="block-list">
        {day.blocks.map((block) => (
          <Block key={block.id} block={block} />
        ))}
      </ul>
      {isManager && <KeepBack poolId={poolId} day={day} />}
    </section>
  );
}

const clock = (slot: number) =>
  `${String(Math.floor(slot / 2)).padStart(2, '0')}:${slot % 2 === 0 ? '00' : '30'}`;

/** Half-hours that are alike share a line: free and taken. */
function Slots({ day: { offered, taken } }: { day: CapacityDay }) {
  const runs: { from: number; until: number; offered: number; taken: number }[] = [];
  for (let slot = 0; slot < offered.length; slot += 1) {
    const [seats = 0, used = 0] = [offered[slot], taken[slot]];
    const last = runs.at(-1);
    if (last?.offered === seats && last.taken === used) last.until = slot + 1;
    else runs.push({ from: slot, until: slot + 1, offered: seats, taken: used });
  }
  const open = runs.filter((run) => run.offered > 0 || run.taken > 0);
  return (
    <>
      <SlotBars offered={offered} taken={taken} />
      {open.length === 0 ? (
        <p>
          <Trans>closed</Trans>
        </p>
      ) : (
        <table className="slot-table">
          <thead>
            <tr>
              <th scope="col">
                <Trans>Time</Trans>
              </th>
              <th scope="col">
                <Trans>taken</Trans>
              </th>
              <th scope="col">
                <Trans>free</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {open.map((run) => (
              <tr key={run.from}>
                <th scope="row">
                  <Figures>{`${clock(run.from)}–${clock(run.until)}`}</Figures>
                </th>
                <td>
                  <Figures>{run.taken}</Figures>
                </td>
                <td>
                  <Figures>{Math.max(0, run.offered - run.taken)}</Figures>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

const BAR_HEIGHT = 24;

/** All 48 half-hours at a glance. */
function SlotBars({ offered, taken }: Pick<CapacityDay, 'offered' | 'taken'>) {
  const most = Math.max(1, ...offered, ...taken);
  const height = (seats: number) => (seats / most) * BAR_HEIGHT;
  return (
    <svg className="slot-bars" viewBox={`0 0 48 ${BAR_HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {offered.map((seats, slot) => {
        const used = taken[slot] ?? 0;
        return (
          // oxlint-disable-next-line react/no-array-index-key -- a half-hour is its number
          <g key={slot}>
            <rect
              className="slot-offered"
              x={slot}
              y={BAR_HEIGHT - height(seats)}
              width="1"
              height={height(seats)}
            />
            <rect
              className="slot-taken"
              x={slot}
              y={BAR_HEIGHT - height(used)}
              width="1"
              height={height(used)}
            />
          </g>
        );
      })}
    </svg>
  );
}

const changed = () => queries.invalidateQueries({ queryKey: ['office'] });

function Block({ block }: { block: SeatBlockView }) {
  const { isManager } = useOffice();
  const lifting = useMutation({
    mutationFn: () => call(`/v1/seat-blocks/${block.id}`, { method: 'DELETE', returns: SeatBlockView }),
    onSuccess: changed,
  });
  return (
    <li>
      <span>
        <Figures>{block.seats}</Figures> · {block.reason}
      </span>
      {isManager && (
        <button type="button" className="pill" onClick={() => lifting.mutate()}>
          <Trans>Give back</Trans>
        </button>
      )}
      {lifting.error && <p className="form-fault">{problemText(lifting.error)}</p>}
    </li>
  );
}

function KeepBack({ poolId, day }: { poolId: string; day: CapacityDay }) {
  const { offered, taken } = fullest(day);
  const free = Math.max(0, offered - taken);
  const [seats, setSeats] = useState<number | null>(null);
  const [reason, setReason] = useState<string | null>(null);
  const keeping = useMutation({
    mutationFn: () =>
      call(`/v1/seat-blocks/${newId()}`, {
        method: 'PUT',
        body: { poolId, day: day.day, seats, reason },
        returns: SeatBlockView,
      }),
    onSuccess: async () => {
      setSeats(null);
      setReason(null);
      await changed();
    },
  });
  if (free === 0) return null;
  return (
    <form
      className="keep-back"
      onSubmit={(event) => {
        event.preventDefault();
        keeping.mutate();
      }}
    >
      <NumberField
        label={<Trans>Keep seats back</Trans>}
        unit={<Trans>of {String(free)} free</Trans>}
        min={1}
        max={free}
        value={seats}
        onChange={setSeats}
      />
      <LineField
        label={<Trans>What for</Trans>}
        hint={<Trans>Only your team sees it.</Trans>}
        value={reason}
        onChange={setReason}
      />
      {keeping.error && <p className="form-fault">{problemText(keeping.error)}</p>}
      <Button
        type="submit"
        color="tomette"
        loading={keeping.isPending}
        disabled={seats === null || reason === null}
      >
        <Trans>Keep back</Trans>
      </Button>
    </form>
  );
}
