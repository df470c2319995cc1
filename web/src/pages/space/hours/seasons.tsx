import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { HourPeriodView } from '@wire/directory/hours.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { z } from 'zod';
import { call } from '../../../api/call';
import { problemText } from '../../../api/problem-text';
import { Figures } from '../../../components/figures';
import { dayText, todayAt } from '../../../i18n/days';
import { Field, LineField } from '../form/fields';
import { useOffice } from '../rights';
import { Hit } from './fortnight';
import { hoursChanged, periodsQuery, previewQuery } from './queries';
import { isAbout, nextRamadan } from './ramadan';
import { osmOf, weekOf, type Week } from './week';
import { WeekGrid } from './week-grid';

type Season = HourPeriodView;

const SHORT_DAY = [{ from: '09:00', until: '15:00' }];
const EMPTY_WEEK: Week = [[], [], [], [], [], [], []];

/** Weeks with hours of their own: Ramadan, August, a season. */
export function Seasons() {
  const { space, isManager } = useOffice();
  const { data: periods = [] } = useQuery(periodsQuery(space.id));
  const [edited, setEdited] = useState<Season | null>(null);
  const ramadan = nextRamadan(todayAt(space.timeZone));
  const usual = weekOf(space.openingHours) ?? EMPTY_WEEK;
  const begin = (fromDay: string, untilDay: string, reason: string) =>
    setEdited({
      id: newId(),
      spaceId: space.id,
      fromDay,
      untilDay,
      reason,
      openingHours: osmOf(usual.map((spans) => (spans.length > 0 ? SHORT_DAY : []))),
    });
  return (
    <section className="panel">
      <h2>
        <Trans>Seasons with other hours</Trans>
      </h2>
      <p className="field-hint">
        <Trans>Ramadan, August, the winter: the week changes for a while and comes back by itself.</Trans>
      </p>
      <ul className="season-list">
        {periods.map((season) => (
          <SeasonRow key={season.id} season={season} onEdit={() => setEdited(season)} />
        ))}
      </ul>
      {edited ? (
        <SeasonForm key={edited.id} season={edited} onDone={() => setEdited(null)} />
      ) : (
        isManager && (
          <div className="season-begin">
            {!periods.some(({ fromDay }) => isAbout(ramadan, fromDay)) && (
              <Button variant="default" onClick={() => begin(ramadan.first, ramadan.last, 'Ramadan')}>
                <Trans>Ramadan hours</Trans>
              </Button>
            )}
            <Button variant="default" onClick={() => begin(...nextMonth(space.timeZone), '')}>
              <Trans>Another season</Trans>
            </Button>
          </div>
        )
      )}
    </section>
  );
}

function nextMonth(timeZone: string): [string, string] {
  const first = todayAt(timeZone).add({ months: 1 }).with({ day: 1 });
  return [first.toString(), first.with({ day: first.daysInMonth }).toString()];
}

function SeasonRow({ season, onEdit }: { season: Season; onEdit: () => void }) {
  const { space, isManager } = useOffice();
  const removal = useMutation({
    mutationFn: () => call(`/v1/hour-periods/${season.id}`, { method: 'DELETE', returns: z.undefined() }),
    onSuccess: () => hoursChanged(space.id),
  });
  const long = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  return (
    <li>
      <strong>{season.reason}</strong>
      <span>
        {dayText(season.fromDay, long)} – {dayText(season.untilDay, long)}
        <br />
        <Figures>{season.openingHours}</Figures>
      </span>
      {isManager && (
        <>
          <button type="button" className="pill" onClick={onEdit}>
            <Trans>Change</Trans>
          </button>
          <button type="button" className="pill" onClick={() => removal.mutate()}>
            <Trans>Remove</Trans>
          </button>
        </>
      )}
      {removal.error && <p className="form-fault">{problemText(removal.error)}</p>}
    </li>
  );
}

function SeasonForm({ season, onDone }: { season: Season; onDone: () => void }) {
  const { t } = useLingui();
  const { space } = useOffice();
  const [draft, setDraft] = useState(season);
  const week = weekOf(draft.openingHours);
  const isOrdered = draft.fromDay !== '' && draft.fromDay <= draft.untilDay;
  const { data: preview } = useQuery({
    ...previewQuery(space.id, {
      fromDay: draft.fromDay,
      untilDay: draft.untilDay,
      periodHours: draft.openingHours,
    }),
    enabled: isOrdered,
  });
  const saving = useMutation({
    mutationFn: ({ id, ...body }: Season) =>
      call(`/v1/hour-periods/${id}`, { method: 'PUT', body, returns: HourPeriodView }),
    onSuccess: async () => {
      await hoursChanged(space.id);
      onDone();
    },
  });
  return (
    <form
      className="season-form"
      aria-label={t`Season with other hours`}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(draft);
      }}
    >
      <div className="two-fields">
        <LineField
          label={<Trans>What is it called</Trans>}
          value={draft.reason}
          onChange={(reason) => setDraft({ ...draft, reason: reason ?? '' })}
        />
        <div className="two-fields">
          <DayInput
            label={t`First day`}
            value={draft.fromDay}
            onChange={(fromDay) => setDraft({ ...draft, fromDay })}
          />
          <DayInput
            label={t`Last day`}
            value={draft.untilDay}
            onChange={(untilDay) => setDraft({ ...draft, untilDay })}
          />
        </div>
      </div>
      {isAbout(nextRamadan(todayAt(space.timeZone)), draft.fromDay || todayAt(space.timeZone).toString()) && (
        <p className="field-hint season-moon">
          <Trans>
            These days are computed from the Umm al-Qura calendar. The moon and your country may begin a day
            earlier or later: confirm them, and change them here when they are announced.
          </Trans>
        </p>
      )}
      {week && (
        <WeekGrid week={week} onChange={(next) => setDraft({ ...draft, openingHours: osmOf(next) })} />
      )}
      <Hit hit={preview?.hit} />
      {saving.error && <p className="form-fault">{problemText(saving.error)}</p>}
      <div className="season-begin">
        <Button
          type="submit"
          color="tomette"
          loading={saving.isPending}
          disabled={!isOrdered || !draft.reason}
        >
          <Trans>Save these hours</Trans>
        </Button>
        <Button variant="default" onClick={onDone}>
          <Trans>Leave it</Trans>
        </Button>
      </div>
    </form>
  );
}

export function DayInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (day: string) => void;
}) {
  return (
    <Field label={label}>
      {(props) => (
        <input
          {...props}
          type="date"
          className="control"
          required
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </Field>
  );
}
