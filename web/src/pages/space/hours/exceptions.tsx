import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { HourExceptionView } from '@wire/directory/directory.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { Temporal } from '@wire/kernel/time.js';
import { useState } from 'react';
import { z } from 'zod';
import { call } from '../../../api/call';
import { problemText } from '../../../api/problem-text';
import type { OpenDay } from '../../../api/spaces';
import { dayText, todayAt } from '../../../i18n/days';
import { Choice, LineField } from '../form/fields';
import { MonthGrid } from '../month-grid';
import { useOffice } from '../rights';
import { Hit } from './fortnight';
import { exceptionsQuery, holidaysQuery, hoursChanged, monthQuery, previewQuery } from './queries';
import { osmOfDay, spansOfDay, weekOf, type Span } from './week';
import { Spans } from './week-grid';

type Exception = HourExceptionView;

/** Days that are not like their week: holidays, closures, a late evening. */
export function Exceptions() {
  const { t } = useLingui();
  const { space, isManager } = useOffice();
  const [month, setMonth] = useState(() => todayAt(space.timeZone).with({ day: 1 }));
  const [selected, setSelected] = useState<string | null>(null);
  const { data: days = [] } = useQuery(monthQuery(space.id, month));
  const { data: holidays = [] } = useQuery(holidaysQuery(space.id, month.year));
  const { data: exceptions = [] } = useQuery({ ...exceptionsQuery(space.id), enabled: isManager });
  const holidayOn = (day: string) => holidays.find((holiday) => holiday.day === day)?.name;
  const exceptionOn = (day: string) => exceptions.find((exception) => exception.day === day);
  const cell = (day: string) => {
    const open = days.find((each) => each.day === day);
    const special = exceptionOn(day)?.reason ?? holidayOn(day);
    return {
      content: (
        <>
          <CellHours day={open} />
          {special && <span className="month-note">{special}</span>}
        </>
      ),
      tone: [open?.intervals.length === 0 && 'closed', special && 'special'].filter(Boolean).join(' '),
      says: [open && hoursText(open, t`closed`), special].filter(Boolean).join(', '),
    };
  };
  return (
    <section className="panel exceptions">
      <h2>
        <Trans>Days that differ</Trans>
      </h2>
      <p className="field-hint">
        <Trans>Choose a day to close it, or to give it other hours. Public holidays are marked.</Trans>
      </p>
      <div className="exceptions-columns">
        <MonthGrid
          month={month}
          onMonth={setMonth}
          selected={selected}
          onSelect={setSelected}
          cell={cell}
          label={t`Days that differ`}
        />
        {selected && isManager ? (
          <DayForm
            key={`${selected} ${exceptionOn(selected)?.id ?? ''}`}
            day={selected}
            exception={exceptionOn(selected)}
            holiday={holidayOn(selected)}
            onDone={() => setSelected(null)}
          />
        ) : (
          <HolidayList
            year={month.year}
            onSelect={(day) => {
              setMonth(Temporal.PlainDate.from(day).with({ day: 1 }));
              setSelected(day);
            }}
            exceptionOn={exceptionOn}
          />
        )}
      </div>
    </section>
  );
}

function hoursText({ intervals }: OpenDay, closed: string): string {
  return intervals.length === 0
    ? closed
    : intervals.map(({ from, until }) => `${from.slice(0, 5)}–${until?.slice(0, 5) ?? '24:00'}`).join(', ');
}

function CellHours({ day }: { day: OpenDay | undefined }) {
  const { t } = useLingui();
  if (!day) return null;
  return (
    <bdi dir="ltr" className="es-figures month-hours">
      {hoursText(day, t`closed`)}
    </bdi>
  );
}

/** The holidays of where the space is, each open or closed. */
function HolidayList({
  year,
  onSelect,
  exceptionOn,
}: {
  year: number;
  onSelect: (day: string) => void;
  exceptionOn: (day: string) => Exception | undefined;
}) {
  const { space, isManager } = useOffice();
  const { data: holidays = [] } = useQuery(holidaysQuery(space.id, year));
  const isOpen = (day: string) => {
    const exception = exceptionOn(day);
    return exception ? exception.openingHours !== null : !space.closesOnHolidays;
  };
  return (
    <div className="holidays">
      <h3>
        <Trans>Public holidays {String(year)}</Trans>
      </h3>
      <ul>
        {holidays.map(({ day, name }) => (
          <li key={`${day} ${name}`}>
            <span>{dayText(day)}</span>
            <span>{name}</span>
            <button type="button" className="pill" disabled={!isManager} onClick={() => onSelect(day)}>
              {isOpen(day) ? <Trans>as in the week</Trans> : <Trans>closed</Trans>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

type DayKind = 'usual' | 'closed' | 'other';

function DayForm({
  day,
  exception,
  holiday,
  onDone,
}: {
  day: string;
  exception: Exception | undefined;
  holiday: string | undefined;
  onDone: () => void;
}) {
  const { t } = useLingui();
  const { space } = useOffice();
  const usual = weekOf(space.openingHours)?.[Temporal.PlainDate.from(day).dayOfWeek - 1] ?? [];
  const [kind, setKind] = useState<DayKind>(kindOf(exception));
  const [spans, setSpans] = useState<readonly Span[]>(
    (exception && spansOfDay(exception.openingHours)?.length ? spansOfDay(exception.openingHours) : usual) ??
      [],
  );
  const [reason, setReason] = useState<string | null>(exception?.reason ?? holiday ?? null);
  const hours = kind === 'closed' ? null : osmOfDay(spans);
  const dayHours = kind === 'usual' ? 'usual' : (hours ?? 'closed');
  const { data: preview } = useQuery(previewQuery(space.id, { day, dayHours }));
  const saving = useMutation({
    mutationFn: () =>
      saveDay(
        { id: exception?.id ?? newId(), spaceId: space.id, day, openingHours: hours, reason: reason ?? '' },
        kind,
      ),
    onSuccess: async () => {
      await hoursChanged(space.id);
      onDone();
    },
  });
  const name = dayText(day, { weekday: 'long', day: 'numeric', month: 'long' });
  return (
    <form
      className="day-form"
      aria-label={name}
      onKeyDown={({ key }) => key === 'Escape' && onDone()}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <h3>{name}</h3>
      {holiday && <p className="field-hint">{holiday}</p>}
      <Choice
        label={<Trans>On this day</Trans>}
        value={kind}
        options={[
          ['usual', <Trans key="usual">as usual</Trans>],
          ['closed', <Trans key="closed">closed</Trans>],
          ['other', <Trans key="other">other hours</Trans>],
        ]}
        onChange={setKind}
      />
      {kind === 'other' && <Spans spans={spans} onChange={setSpans} />}
      {kind !== 'usual' && (
        <LineField
          label={<Trans>Why</Trans>}
          hint={<Trans>Guests read it beside the hours.</Trans>}
          placeholder={t`Stocktaking`}
          value={reason}
          onChange={setReason}
        />
      )}
      <Hit hit={preview?.hit} />
      {saving.error && <p className="form-fault">{problemText(saving.error)}</p>}
      <div className="season-begin">
        <Button
          type="submit"
          color="tomette"
          loading={saving.isPending}
          disabled={kind !== 'usual' && !reason}
        >
          <Trans>Save this day</Trans>
        </Button>
        <Button variant="default" onClick={onDone}>
          <Trans>Leave it</Trans>
        </Button>
      </div>
    </form>
  );
}

function kindOf(exception: Exception | undefined): DayKind {
  if (!exception) return 'usual';
  return exception.openingHours === null ? 'closed' : 'other';
}

async function saveDay({ id, ...body }: Exception, kind: DayKind): Promise<void> {
  if (kind === 'usual') await call(`/v1/hour-exceptions/${id}`, { method: 'DELETE', returns: z.undefined() });
  else await call(`/v1/hour-exceptions/${id}`, { method: 'PUT', body, returns: HourExceptionView });
}
