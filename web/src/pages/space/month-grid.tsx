import { useLingui } from '@lingui/react/macro';
import { CaretLeft, CaretRight } from '@phosphor-icons/react';
import { Temporal, type PlainDate } from '@wire/kernel/time.js';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { currentDirection } from '../../i18n/activate';
import { dayText } from '../../i18n/days';
import { weekdayName, weekOrder } from './hours/week-grid';
import './month-grid.css';

const WEEK = 7;

/** A month as a grid of buttons: arrows go from day to day, Page Up and Page Down from month to month. */
export function MonthGrid({
  month,
  onMonth,
  selected,
  onSelect,
  cell,
  label,
}: {
  /** The first day of it. */
  month: PlainDate;
  onMonth: (month: PlainDate) => void;
  selected: string | null;
  onSelect: (day: string) => void;
  /** What stands under the number, and how the cell looks. */
  cell: (day: string) => { content: ReactNode; tone?: string; says?: string };
  label: string;
}) {
  const { t } = useLingui();
  const order = weekOrder();
  const before = (month.dayOfWeek - 1 - order[0]! + WEEK) % WEEK;
  const days = Array.from({ length: month.daysInMonth }, (_, index) => month.add({ days: index }));
  const cells: (PlainDate | null)[] = [...Array.from({ length: before }, () => null), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / WEEK) }, (_, week) =>
    Array.from({ length: WEEK }, (_day, index) => cells[week * WEEK + index] ?? null),
  );
  const { table, onKeyDown } = useArrows(month, onMonth);
  const step = (months: number) => onMonth(month.add({ months }));
  return (
    <div className="month">
      <div className="month-head">
        <h2>{dayText(month.toString(), { month: 'long', year: 'numeric' })}</h2>
        <button type="button" className="icon-button" aria-label={t`Month before`} onClick={() => step(-1)}>
          <CaretLeft size={20} className="mirrored" aria-hidden="true" />
        </button>
        <button type="button" className="icon-button" aria-label={t`Month after`} onClick={() => step(1)}>
          <CaretRight size={20} className="mirrored" aria-hidden="true" />
        </button>
      </div>
      <table ref={table} aria-label={label} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {order.map((weekday) => (
              <th key={weekday} scope="col" abbr={weekdayName(weekday)}>
                {weekdayName(weekday, 'short')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={String(week.find(Boolean))}>
              {week.map((date, index) => (
                <td key={order[index]}>
                  {date && (
                    <Day
                      day={date.toString()}
                      isSelected={date.toString() === selected}
                      isFirst={date.day === 1}
                      hasSelection={selected?.startsWith(month.toString().slice(0, 7)) ?? false}
                      onSelect={onSelect}
                      {...cell(date.toString())}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Day({
  day,
  isSelected,
  isFirst,
  hasSelection,
  onSelect,
  content,
  tone = '',
  says,
}: {
  day: string;
  isSelected: boolean;
  isFirst: boolean;
  hasSelection: boolean;
  onSelect: (day: string) => void;
  content: ReactNode;
  tone?: string;
  says?: string;
}) {
  const name = dayText(day, { weekday: 'long', day: 'numeric', month: 'long' });
  return (
    <button
      type="button"
      className={`month-day ${tone}`}
      data-day={day}
      tabIndex={isSelected || (isFirst && !hasSelection) ? 0 : -1}
      aria-pressed={isSelected}
      onClick={() => onSelect(day)}
    >
      <span className="month-number es-figures" aria-hidden="true">
        {Temporal.PlainDate.from(day).day}
      </span>
      <span className="month-content" aria-hidden="true">
        {content}
      </span>
      <span className="visually-hidden">{says ? `${name}: ${says}` : name}</span>
    </button>
  );
}

/** Moves the focus by keys, over the edge of the month too. */
function useArrows(month: PlainDate, onMonth: (month: PlainDate) => void) {
  const table = useRef<HTMLTableElement>(null);
  const wanted = useRef<string>(undefined);
  useEffect(() => {
    if (!wanted.current) return;
    table.current?.querySelector<HTMLElement>(`[data-day="${wanted.current}"]`)?.focus();
    wanted.current = undefined;
  }, [month]);
  const onKeyDown = (event: KeyboardEvent) => {
    const { day } = (event.target as HTMLElement).dataset;
    const from = day && Temporal.PlainDate.from(day);
    const to = from && movedBy(from, event.key);
    if (!to) return;
    event.preventDefault();
    if (to.toPlainYearMonth().equals(month.toPlainYearMonth()))
      table.current?.querySelector<HTMLElement>(`[data-day="${to.toString()}"]`)?.focus();
    else {
      wanted.current = to.toString();
      onMonth(to.with({ day: 1 }));
    }
  };
  return { table, onKeyDown };
}

function movedBy(from: PlainDate, key: string): PlainDate | null {
  const forward = currentDirection() === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const back = currentDirection() === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
  switch (key) {
    case forward:
      return from.add({ days: 1 });
    case back:
      return from.subtract({ days: 1 });
    case 'ArrowDown':
      return from.add({ days: WEEK });
    case 'ArrowUp':
      return from.subtract({ days: WEEK });
    case 'PageDown':
      return from.add({ months: 1 });
    case 'PageUp':
      return from.subtract({ months: 1 });
    case 'Home':
      return from.with({ day: 1 });
    case 'End':
      return from.with({ day: from.daysInMonth });
    default:
      return null;
  }
}
