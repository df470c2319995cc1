import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { SpaceTermsView, type SpaceTerms } from '@wire/bookings/space-terms.schema.js';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { queries } from '../../app/queries';
import { useDraft } from './form/draft';
import { Choice, ManagersFields, NumberField } from './form/fields';
import { SaveBar } from './form/save-bar';
import { useOffice } from './rights';
import { Rates } from './terms/rates';
import './terms/terms.css';

const AskedTariffs = lazy(async () => ({ default: (await import('./terms/asked-tariffs')).AskedTariffs }));

const ANSWER_HOURS = 24;
const GRACE_MINUTES_MIN = 15;

const termsQuery = (spaceId: string) => ({
  queryKey: ['office', spaceId, 'terms'],
  queryFn: () => call(`/v1/spaces/${spaceId}/terms`, { returns: SpaceTermsView }),
});

/** What the space asks of those who book, said as they will read it. */
export function TermsTab() {
  const { space, isManager } = useOffice();
  const { data: terms, error } = useQuery(termsQuery(space.id));
  return (
    <section>
      <h1>
        <Trans>Terms and rates</Trans>
      </h1>
      <p className="office-lead">
        <Trans>For bookings from now on. Those that are made keep the terms they were made with.</Trans>
      </p>
      {error && <p className="form-fault">{problemText(error)}</p>}
      {terms && <TermsForm terms={terms} />}
      {isManager && (
        <Suspense fallback={null}>
          <AskedTariffs />
          <Rates />
        </Suspense>
      )}
    </section>
  );
}

function TermsForm({ terms }: { terms: SpaceTerms }) {
  const { space } = useOffice();
  const draft = useDraft<SpaceTerms>(terms, async (body) => {
    const stored = await call(`/v1/spaces/${space.id}/terms`, {
      method: 'PUT',
      body,
      returns: SpaceTermsView,
    });
    queries.setQueryData(termsQuery(space.id).queryKey, stored);
    return stored;
  });
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <div className="terms-columns">
        <section className="panel">
          <ManagersFields>
            <TermsFields terms={draft.draft} onChange={draft.change} />
          </ManagersFields>
        </section>
        <InGuestsWords terms={draft.draft} />
      </div>
      <SaveBar draft={draft} />
    </form>
  );
}

function TermsFields({ terms, onChange }: { terms: SpaceTerms; onChange: (terms: SpaceTerms) => void }) {
  const put = (part: Partial<SpaceTerms>) => onChange({ ...terms, ...part });
  return (
    <>
      <Choice
        label={<Trans>A booking is decided</Trans>}
        hint={<Trans>At once is what guests like best. On request, the seat is kept while you think.</Trans>}
        value={terms.bookingMode}
        options={[
          ['INSTANT', <Trans key="instant">at once</Trans>],
          ['ON_REQUEST', <Trans key="request">on request</Trans>],
        ]}
        onChange={(bookingMode) =>
          put({ bookingMode, answerHours: bookingMode === 'ON_REQUEST' ? ANSWER_HOURS : null })
        }
      />
      {terms.bookingMode === 'ON_REQUEST' && (
        <NumberField
          label={<Trans>You answer within</Trans>}
          hint={<Trans>Without an answer the request ends, and the guest is shown other spaces.</Trans>}
          unit={<Trans>hours</Trans>}
          min={1}
          max={72}
          value={terms.answerHours}
          onChange={(answerHours) => put({ answerHours: answerHours ?? 1 })}
        />
      )}
      <Choice
        label={<Trans>Free to cancel until</Trans>}
        value={terms.cancelUntilHours === null ? 'evening' : 'hours'}
        options={[
          ['evening', <Trans key="evening">18:00 of the day before</Trans>],
          ['hours', <Trans key="hours">some hours before</Trans>],
        ]}
        onChange={(kind) => put({ cancelUntilHours: kind === 'evening' ? null : ANSWER_HOURS })}
      />
      {terms.cancelUntilHours !== null && (
        <NumberField
          label={<Trans>Before the booking begins</Trans>}
          unit={<Trans>hours</Trans>}
          min={0}
          max={168}
          value={terms.cancelUntilHours}
          onChange={(hours) => put({ cancelUntilHours: hours ?? 0 })}
        />
      )}
      <NumberField
        label={<Trans>Time to think after booking</Trans>}
        hint={<Trans>Never less than 15 minutes, whatever the hour.</Trans>}
        unit={<Trans>minutes</Trans>}
        min={GRACE_MINUTES_MIN}
        max={1440}
        value={terms.graceMinutes}
        onChange={(minutes) => put({ graceMinutes: minutes ?? GRACE_MINUTES_MIN })}
      />
      <Choice
        label={<Trans>Whoever cancels too late, or does not come</Trans>}
        value={terms.noShow}
        options={[
          ['CONSUMED', <Trans key="consumed">uses up what was booked</Trans>],
          ['FREE', <Trans key="free">loses nothing</Trans>],
        ]}
        onChange={(noShow) => put({ noShow })}
      />
    </>
  );
}

/** The same terms, as the page of the space says them. */
function InGuestsWords({ terms }: { terms: SpaceTerms }) {
  const { t } = useLingui();
  const { space } = useOffice();
  return (
    <aside className="panel guests-words" aria-label={t`In the guest's words`} aria-live="polite">
      <p className="guests-words-note">
        <Trans>A guest reads</Trans>
      </p>
      <p>
        {terms.bookingMode === 'INSTANT' ? (
          <Trans>Booked is booked: your desk at {space.name} is yours at once.</Trans>
        ) : (
          <Plural
            value={terms.answerHours ?? 0}
            one="The space answers within # hour; the desk is kept for you meanwhile."
            other="The space answers within # hours; the desk is kept for you meanwhile."
          />
        )}
      </p>
      <p>
        {terms.cancelUntilHours === null ? (
          <Trans>Free to cancel until 18:00 of the day before, in {space.city} time.</Trans>
        ) : (
          <Plural
            value={terms.cancelUntilHours}
            _0="Free to cancel until it begins."
            one="Free to cancel until # hour before it begins."
            other="Free to cancel until # hours before it begins."
          />
        )}{' '}
        <Plural
          value={terms.graceMinutes}
          one="And in any case for # minute after booking."
          other="And in any case for # minutes after booking."
        />
      </p>
      <p>
        {terms.noShow === 'CONSUMED' ? (
          <Trans>If you cancel later or do not come, what you booked is used up.</Trans>
        ) : (
          <Trans>If you cancel later or do not come, you lose nothing. Please tell them anyway.</Trans>
        )}
      </p>
    </aside>
  );
}
