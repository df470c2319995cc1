import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useDraft } from './form/draft';
import { Field, ManagersFields, Tick, TimeInput } from './form/fields';
import { SaveBar } from './form/save-bar';
import { Exceptions } from './hours/exceptions';
import { Fortnight, Hit } from './hours/fortnight';
import { previewQuery, putHours, type HoursDraft } from './hours/queries';
import { Seasons } from './hours/seasons';
import { osmOf, weekOf, type Week } from './hours/week';
import { WeekGrid } from './hours/week-grid';
import { useOffice } from './rights';
import './hours/hours.css';

const CLOSED_WEEK: Week = [[], [], [], [], [], [], []];

/** When the door is open: the week, what differs from it, and what that means for who has booked. */
export function HoursTab() {
  const { space } = useOffice();
  const { openingHours, closesOnHolidays, halfDayBoundary } = space;
  const draft = useDraft<HoursDraft>(
    { openingHours, closesOnHolidays, halfDayBoundary: halfDayBoundary.slice(0, 5) },
    (hours) => putHours(space.id, hours),
  );
  const { data: preview, error } = useQuery({
    ...previewQuery(space.id, {
      openingHours: draft.draft.openingHours,
      closesOnHolidays: String(draft.draft.closesOnHolidays),
    }),
    retry: false,
  });
  return (
    <section className="hours">
      <h1>
        <Trans>Opening hours</Trans>
      </h1>
      <p className="office-lead">
        <Trans>
          In {space.city} time. What you change here is bookable, and on the public page, at once.
        </Trans>
      </p>
      <form onSubmit={(event) => event.preventDefault()}>
        <ManagersFields>
          <div className="hours-columns">
            <section className="panel">
              <WeekEditor value={draft.draft} onChange={draft.change} isUnread={error !== null} />
            </section>
            <section className="panel hours-preview">
              <h2>
                <Trans>The next 14 days</Trans>
              </h2>
              {preview && <Fortnight days={preview.days} />}
            </section>
          </div>
        </ManagersFields>
        <SaveBar draft={draft}>{draft.isDirty && <Hit hit={preview?.hit} />}</SaveBar>
      </form>
      <Seasons />
      <Exceptions />
    </section>
  );
}

function WeekEditor({
  value,
  onChange,
  isUnread,
}: {
  value: HoursDraft;
  onChange: (hours: HoursDraft) => void;
  isUnread: boolean;
}) {
  const week = weekOf(value.openingHours);
  const put = (hours: Partial<HoursDraft>) => onChange({ ...value, ...hours });
  return (
    <>
      <h2>
        <Trans>The week</Trans>
      </h2>
      {week ? (
        <WeekGrid week={week} onChange={(next) => put({ openingHours: osmOf(next) })} />
      ) : (
        <p className="by-hand">
          <Trans>
            Edited by hand: these hours say more than a week can show, so they are not drawn here. Change the
            text below, or begin again with an empty week.
          </Trans>{' '}
          <button
            type="button"
            className="text-button"
            onClick={() => put({ openingHours: osmOf(CLOSED_WEEK) })}
          >
            <Trans>Empty week</Trans>
          </button>
        </p>
      )}
      <details className="hours-raw" open={!week}>
        <summary>
          <Trans>As text, in the syntax of OpenStreetMap</Trans>
        </summary>
        <Field
          label={<Trans>Opening hours as text</Trans>}
          hint={
            isUnread ? (
              <Trans>This is not understood: nothing is saved like this.</Trans>
            ) : (
              <Trans>For whoever knows it: “Mo-Fr 09:00-18:00; Aug off”.</Trans>
            )
          }
        >
          {(props) => (
            <input
              {...props}
              className="control"
              dir="ltr"
              spellCheck={false}
              aria-invalid={isUnread}
              value={value.openingHours}
              onChange={({ currentTarget }) => put({ openingHours: currentTarget.value })}
            />
          )}
        </Field>
      </details>
      <Tick isOn={value.closesOnHolidays} onChange={(closesOnHolidays) => put({ closesOnHolidays })}>
        <Trans>Closed on public holidays, unless a day below says otherwise</Trans>
      </Tick>
      <Field
        label={<Trans>The morning ends at</Trans>}
        hint={<Trans>Half a day is before or after this time.</Trans>}
      >
        {(props) => (
          <TimeInput
            {...props}
            value={value.halfDayBoundary}
            onChange={(boundary) => put({ halfDayBoundary: boundary })}
          />
        )}
      </Field>
    </>
  );
}
