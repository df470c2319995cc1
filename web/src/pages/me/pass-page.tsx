import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { spaceTag } from '@wire/kernel/pass-code/space-tag.js';
import { ANY_SPACE } from '@wire/kernel/pass-code/esc1.js';
import { lazy, Suspense, useEffect, useState } from 'react';
import { serverNowMs } from '../../api/call';
import { bookingsQuery, isToday, opensDoors, passesQuery, usablePass, type Pass } from '../../api/mine';
import { problemText } from '../../api/problem-text';
import { useSession } from '../../api/session';
import { NIGHT_SEA } from '../../brand/zellige';
import { Tile } from '../../brand/tile';
import { Figures } from '../../components/figures';
import { dayText } from '../../i18n/days';
import { daysNumber } from '../../i18n/names';
import { useRotatingCode } from '../../pass/rotating-code';
import { isSuperseded, moveHere, useCredential } from '../../pass/use-credential';
import { useWakeLock } from '../../pass/wake-lock';
import { QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import './pass-page.css';

/** Fetched while the credential is: what draws the code is not needed before there is one. */
const plate = import('../../pass/code-plate');
const CodePlate = lazy(async () => ({ default: (await plate).CodePlate }));

/** What names spaces may come a moment after the code. */
const DoorChoice = lazy(async () => ({ default: (await import('./door-choice')).DoorChoice }));
const TodayBooking = lazy(async () => ({ default: (await import('./today-booking')).TodayBooking }));

/** What the door takes from the pass is seen while the page is still open. */
const COUNT_AGAIN_MS = 30_000;
const HOUR_MS = 3_600_000;
const WARN_HOURS = 24;
const DAYS_FROM_HOURS = 72;

export function PassPage() {
  const { t } = useLingui();
  useTitle(t`Pass`);
  // What the phone kept is shown at once, however young it is: a door may have taken a day since.
  const passes = useQuery({ ...passesQuery, refetchOnMount: 'always', refetchInterval: COUNT_AGAIN_MS });
  const [chosen, choose] = useState<string>();
  const pass = passes.data?.find(({ id }) => id === chosen) ?? usablePass(passes.data);
  if (passes.isPending) return null;
  if (!pass) return <NoPass error={passes.error} />;
  return <PassScreen pass={pass} passes={passes.data?.filter(opensDoors) ?? []} onChoose={choose} />;
}

function NoPass({ error }: { error: unknown }) {
  return (
    <QuietPage
      title={error ? <Trans>Your pass could not be loaded</Trans> : <Trans>You have no pass yet</Trans>}
    >
      <p>
        {error ? (
          problemText(error)
        ) : (
          <Trans>
            Your home space or your network issues passes. Ask there; it will appear here by itself.
          </Trans>
        )}
      </p>
    </QuietPage>
  );
}

interface Screen {
  readonly pass: Pass;
  readonly passes: readonly Pass[];
  readonly onChoose: (id: string) => void;
}

function PassScreen({ pass, passes, onChoose }: Screen) {
  const { t } = useLingui();
  useWakeLock();
  const { data: session } = useSession();
  const { data: bookings } = useQuery({ ...bookingsQuery, refetchOnMount: 'always' });
  const credential = useCredential(pass.id);
  const today = bookings?.filter(isToday) ?? [];
  const [spaceId, setSpaceId] = useState<string | null>(null);
  const door = spaceId ?? today[0]?.spaceId ?? null;
  const { held, key } = (credential.error ? null : credential.data) ?? { held: null, key: null };
  const shown = useRotatingCode(held, key, useTag(door));
  return (
    <section className="pass-screen">
      <Tile id={pass.id} palette={NIGHT_SEA} className="pass-ground" />
      <div className="pass-body">
        <div className="pass-head">
          <h1>{session?.person.name ?? t`Pass`}</h1>
          {credential.data && <OfflineLife expiresAtMs={credential.data.held.expiresAtMs} />}
        </div>
        <p className="pass-product">{pass.productName}</p>
        {passes.length > 1 && <PassChoice passes={passes} chosen={pass.id} onChoose={onChoose} />}
        <Suspense fallback={<div className="code-plate code-missing" />}>
          {shown ? (
            <CodePlate shown={shown} />
          ) : (
            <div className="code-plate code-missing">
              <p>{credential.error ? problemText(credential.error) : <Trans>Making your code…</Trans>}</p>
              {isSuperseded(credential.error) && (
                <button type="button" onClick={() => void moveHere(pass.id).then(() => credential.refetch())}>
                  <Trans>Move it to this phone</Trans>
                </button>
              )}
            </div>
          )}
        </Suspense>
        <Suspense fallback={null}>
          <DoorChoice chosen={door} today={today} onChoose={setSpaceId} />
          {today.map((booking) => (
            <TodayBooking key={booking.id} booking={booking} />
          ))}
        </Suspense>
        <PassCounts pass={pass} />
        <p className="pass-more">
          <Link to="/me/bookings">
            <Trans>All bookings</Trans>
          </Link>
        </p>
      </div>
    </section>
  );
}

function useTag(spaceId: string | null): Uint8Array | null {
  const [tag, setTag] = useState<Uint8Array | null>(null);
  useEffect(() => {
    let isGone = false;
    const tagged = spaceId === null ? Promise.resolve(ANY_SPACE) : spaceTag(spaceId);
    void tagged.then((bytes) => isGone || setTag(bytes));
    return () => {
      isGone = true;
    };
  }, [spaceId]);
  return tag;
}

/** Honest about the network: how long the code goes on working without one. */
function OfflineLife({ expiresAtMs }: { expiresAtMs: number }) {
  const hours = Math.max(0, Math.floor((expiresAtMs - serverNowMs()) / HOUR_MS));
  const days = Math.floor(hours / 24);
  return (
    <span className={hours < WARN_HOURS ? 'pass-life is-short' : 'pass-life'}>
      {hours < DAYS_FROM_HOURS ? (
        <Plural value={hours} one="Works offline for # hour" other="Works offline for # hours" />
      ) : (
        <Plural value={days} one="Works offline for # day" other="Works offline for # days" />
      )}
    </span>
  );
}

function PassChoice({
  passes,
  chosen,
  onChoose,
}: {
  passes: readonly Pass[];
  chosen: string;
  onChoose: Screen['onChoose'];
}) {
  const { t } = useLingui();
  return (
    <label className="pass-choice">
      <Trans>Show</Trans>
      <select
        aria-label={t`Which pass`}
        value={chosen}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      >
        {passes.map(({ id, productName }) => (
          <option key={id} value={id}>
            {productName}
          </option>
        ))}
      </select>
    </label>
  );
}

function PassCounts({ pass }: { pass: Pass }) {
  return (
    <dl className="pass-counts">
      <div>
        <dt>
          <Trans>days left</Trans>
        </dt>
        <dd>
          <Figures>{pass.leftHalfDays === null ? '∞' : daysNumber(pass.leftHalfDays)}</Figures>
        </dd>
      </div>
      <div>
        <dt>
          <Trans>days booked</Trans>
        </dt>
        <dd>
          <Figures>{daysNumber(pass.heldHalfDays)}</Figures>
        </dd>
      </div>
      <div>
        <dt>
          <Trans>valid until</Trans>
        </dt>
        <dd>{dayText(pass.validUntil, { day: 'numeric', month: 'short' })}</dd>
      </div>
    </dl>
  );
}
