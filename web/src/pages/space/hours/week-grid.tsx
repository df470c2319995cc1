import { Trans, useLingui } from '@lingui/react/macro';
import { Copy, Plus, X } from '@phosphor-icons/react';
import { Temporal } from '@wire/kernel/time.js';
import { currentLocale } from '../../../i18n/activate';
import { dayText } from '../../../i18n/days';
import { TimeInput } from '../form/fields';
import { halfHours, type Span, type Week } from './week';

const MONDAY = Temporal.PlainDate.from('2024-01-01');
const WORKING_DAYS = 5;
const NEW_SPAN: Span = { from: '09:00', until: '18:00' };

export function weekdayName(weekday: number, weekday_: 'long' | 'short' = 'long'): string {
  return dayText(MONDAY.add({ days: weekday }).toString(), { weekday: weekday_ });
}

/** The week begins on Saturday in Arabic, on Monday elsewhere. */
export function weekOrder(): readonly number[] {
  return currentLocale() === 'ar' ? [5, 6, 0, 1, 2, 3, 4] : [0, 1, 2, 3, 4, 5, 6];
}

/** Seven rows of times, each drawn as a bar of its day. */
export function WeekGrid({ week, onChange }: { week: Week; onChange: (week: Week) => void }) {
  const put = (day: number, spans: readonly Span[]) => onChange(week.with(day, spans));
  const copyToWorkingDays = (spans: readonly Span[]) =>
    onChange(week.map((own, day) => (day < WORKING_DAYS ? spans : own)));
  return (
    <div className="week-grid">
      {weekOrder().map((day) => (
        <DayRow
          key={day}
          name={weekdayName(day)}
          spans={week[day]!}
          onChange={(spans) => put(day, spans)}
          onCopy={() => copyToWorkingDays(week[day]!)}
        />
      ))}
    </div>
  );
}

function DayRow({
  name,
  spans,
  onChange,
  onCopy,
}: {
  name: string;
  spans: readonly Span[];
  onChange: (spans: readonly Span[]) => void;
  onCopy: () => void;
}) {
  const { t } = useLingui();
  return (
    <div className="week-row" role="group" aria-label={name}>
      <strong>{name}</strong>
      <Bar spans={spans} />
      <Spans spans={spans} onChange={onChange} />
      <button
        type="button"
        className="icon-button"
        aria-label={t`Use these hours from Monday to Friday`}
        title={t`Use these hours from Monday to Friday`}
        onClick={onCopy}
      >
        <Copy size={20} aria-hidden="true" />
      </button>
    </div>
  );
}

/** Times of one day: typed, added, taken away. */
export function Spans({
  spans,
  onChange,
}: {
  spans: readonly Span[];
  onChange: (spans: readonly Span[]) => void;
}) {
  const { t } = useLingui();
  const put = (index: number, span: Partial<Span>) =>
    onChange(spans.with(index, { ...spans[index]!, ...span }));
  return (
    <div className="spans">
      {spans.length === 0 && (
        <em>
          <Trans>closed</Trans>
        </em>
      )}
      {spans.map(({ from, until }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a time has no other name than its place
        <span key={index} className="span" dir="ltr">
          <TimeInput aria-label={t`opens`} value={from} onChange={(time) => put(index, { from: time })} />–
          <TimeInput aria-label={t`closes`} value={until} onChange={(time) => put(index, { until: time })} />
          <button
            type="button"
            className="icon-button"
            aria-label={t`Take these times away`}
            onClick={() => onChange(spans.toSpliced(index, 1))}
          >
            <X size={16} aria-hidden="true" />
          </button>
        </span>
      ))}
      <button
        type="button"
        className="icon-button"
        aria-label={t`Add times`}
        title={t`Add times`}
        onClick={() => onChange([...spans, next(spans)])}
      >
        <Plus size={20} aria-hidden="true" />
      </button>
    </div>
  );
}

/** After a break of an hour, until the evening. */
function next(spans: readonly Span[]): Span {
  const last = spans.at(-1);
  if (!last || last.until <= last.from || last.until >= '22:00') return NEW_SPAN;
  const from = Temporal.PlainTime.from(last.until).add({ hours: 1 });
  return {
    from: from.toString({ smallestUnit: 'minute' }),
    until: from.hour < 18 ? '18:00' : '23:00',
  };
}

/** The day from midnight to midnight. */
function Bar({ spans }: { spans: readonly Span[] }) {
  return (
    <svg className="week-bar" viewBox="0 0 48 4" preserveAspectRatio="none" aria-hidden="true">
      <rect className="week-bar-day" width="48" height="4" />
      {spans.map((span) => {
        const [from, until] = halfHours(span);
        return <rect key={`${span.from}-${span.until}`} x={from} width={until - from} height="4" />;
      })}
      <path d="M12 0v4M24 0v4M36 0v4" />
    </svg>
  );
}
