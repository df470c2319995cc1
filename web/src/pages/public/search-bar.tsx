import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import { Faders, MagnifyingGlass } from '@phosphor-icons/react';
import { useSearch } from '@tanstack/react-router';
import { Temporal } from '@wire/kernel/time.js';
import { lazy, Suspense, useState } from 'react';
import { dayText, todayAt } from '../../i18n/days';
import { partText } from '../../i18n/parts';
import { narrowings, SEARCH_DAYS_MAX, toggled, type Found } from './find-rules';
import type { FindSearch } from './find-search';
import { usePutSearch } from './use-put-search';

const Filters = lazy(() => import('./filters').then((module) => ({ default: module.Filters })));

/** What the words and the dates narrow is seen at a glance; the other filters are behind one button. */
const SEEN_AT_A_GLANCE = ['q', 'from'];

/** Place and dates, then what else matters. On a phone it floats over the map as one line until it is tapped. */
export function SearchBar({ all, isPhone }: { all: readonly Found[]; isPhone: boolean }) {
  const search = useSearch({ from: '/page/spaces' });
  const [isAsking, setAsking] = useState(false);
  const [isFiltering, setFiltering] = useState(false);
  const count = narrowings(search).filter((key) => !SEEN_AT_A_GLANCE.includes(key)).length;
  return (
    <div className="find-narrow" role="search">
      <div className="find-head">
        {isPhone && (
          <button
            type="button"
            className="find-summary"
            aria-expanded={isAsking}
            onClick={() => setAsking(!isAsking)}
          >
            <strong>{search.q ?? <Trans>Anywhere by the sea</Trans>}</strong>
            <span>
              <DatesText search={search} />
            </span>
          </button>
        )}
        {(!isPhone || isAsking) && <Asked search={search} />}
        <button
          type="button"
          className="pill find-more"
          aria-expanded={isFiltering}
          onClick={() => setFiltering(!isFiltering)}
        >
          <Faders size={20} aria-hidden="true" />
          <Plural value={count} _0="All filters" other="Filters · #" />
        </button>
      </div>
      <QuickChips search={search} />
      {isFiltering && (
        <Suspense fallback={null}>
          <Filters all={all} search={search} onClose={() => setFiltering(false)} />
        </Suspense>
      )}
    </div>
  );
}

function DatesText({ search: { from, until, part } }: { search: FindSearch }) {
  if (from === undefined) return <Trans>Any day</Trans>;
  const first = dayText(from, { day: 'numeric', month: 'short' });
  const last = until && until > from ? dayText(until, { day: 'numeric', month: 'short' }) : undefined;
  return (
    <>
      {last ? `${first} – ${last}` : first}
      {part && ` · ${partText(part)}`}
    </>
  );
}

function Asked({ search }: { search: FindSearch }) {
  const { t } = useLingui();
  const put = usePutSearch();
  const today = todayAt('UTC').toString();
  const { q, from, until, part } = search;
  const last =
    from &&
    Temporal.PlainDate.from(from)
      .add({ days: SEARCH_DAYS_MAX - 1 })
      .toString();
  return (
    <div className="find-asked">
      <TextInput
        type="search"
        aria-label={t`City or space`}
        placeholder={t`City or space`}
        leftSection={<MagnifyingGlass size={20} aria-hidden="true" />}
        value={q ?? ''}
        onChange={({ currentTarget }) => put({ q: currentTarget.value || undefined })}
      />
      <div className="find-dates">
        <DateField
          label={t`From`}
          value={from}
          min={today}
          onPick={(day) =>
            put(day ? { from: day, until: until && until > day ? until : undefined } : NO_DATES)
          }
        />
        <DateField
          label={t`Until`}
          value={until ?? from}
          min={from ?? today}
          max={last}
          onPick={(day) => put(from ? { until: day } : { from: day, until: undefined })}
        />
        <label className="find-field">
          <span>
            <Trans>Part of the day</Trans>
          </span>
          <select
            value={part ?? 'DAY'}
            onChange={({ currentTarget: { value } }) =>
              put({ part: value === 'DAY' ? undefined : (value as FindSearch['part']) })
            }
          >
            {(['DAY', 'MORNING', 'AFTERNOON'] as const).map((each) => (
              <option key={each} value={each}>
                {partText(each)}
              </option>
            ))}
          </select>
        </label>
      </div>
    </div>
  );
}

const NO_DATES = { from: undefined, until: undefined, every: undefined } satisfies Partial<FindSearch>;

/** The browser's own calendar: it knows the language, the keyboard and the thumb. */
function DateField({
  label,
  value,
  min,
  max,
  onPick,
}: {
  label: string;
  value: string | undefined;
  min: string;
  max?: string | undefined;
  onPick: (day: string | undefined) => void;
}) {
  return (
    <label className="find-field">
      <span>{label}</span>
      <input
        type="date"
        value={value ?? ''}
        min={min}
        max={max}
        onChange={({ currentTarget }) => onPick(currentTarget.value || undefined)}
      />
    </label>
  );
}

/** What most people look for, one tap each. */
function QuickChips({ search }: { search: FindSearch }) {
  const { t } = useLingui();
  const put = usePutSearch();
  const chips = [
    search.from !== undefined && search.until !== undefined && search.until > search.from
      ? {
          name: t`Free on every day`,
          isOn: search.every === true,
          change: { every: search.every ? undefined : (true as const) },
        }
      : null,
    {
      name: t`Open now`,
      isOn: search.hours === 'now',
      change: { hours: search.hours === 'now' ? undefined : ('now' as const) },
    },
    {
      name: t`Step-free`,
      isOn: search.access?.includes('stepFree') ?? false,
      change: { access: toggled(search.access, 'stepFree') },
    },
    {
      name: t`Quiet room`,
      isOn: search.has?.includes('quiet_room') ?? false,
      change: { has: toggled(search.has, 'quiet_room') },
    },
  ].filter((chip) => chip !== null);
  return (
    <div className="find-chips" role="group" aria-label={t`Quick filters`}>
      {chips.map(({ name, isOn, change }) => (
        <button key={name} type="button" className="pill" aria-pressed={isOn} onClick={() => put(change)}>
          {name}
        </button>
      ))}
    </div>
  );
}
