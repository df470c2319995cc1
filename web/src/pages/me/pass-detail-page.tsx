import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Pass } from '../../api/mine';
import { passQuery, pausePass, resumePass } from '../../api/passes';
import { problemText } from '../../api/problem-text';
import { Figures } from '../../components/figures';
import { dayText } from '../../i18n/days';
import { daysNumber } from '../../i18n/names';
import { QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import { LONG_DAY, PassState, Unused } from './pass-words';
import './pass-detail.css';

const Guests = lazy(async () => ({ default: (await import('./pass-guests')).Guests }));
const Members = lazy(async () => ({ default: (await import('./pass-members')).Members }));
const Phones = lazy(async () => ({ default: (await import('./pass-phones')).Phones }));
const Movements = lazy(async () => ({ default: (await import('./pass-movements')).Movements }));

export function PassDetailPage() {
  const { passId } = useParams({ from: '/page/me/passes/$passId' });
  const { data: pass, error, isPending } = useQuery(passQuery(passId));
  useTitle(pass?.productName);
  if (isPending) return null;
  if (!pass) {
    return (
      <QuietPage title={<Trans>Your pass could not be loaded</Trans>}>
        <p>{problemText(error)}</p>
      </QuietPage>
    );
  }
  return (
    <div className="pass-detail">
      <h1>{pass.teamName ?? pass.productName}</h1>
      <p>
        <PassState state={pass.state} />
        {' · '}
        {dayText(pass.validFrom, LONG_DAY)} – {dayText(pass.validUntil, LONG_DAY)}
      </p>
      <Sums pass={pass} />
      <p>
        <Unused pass={pass} />
      </p>
      {pass.hostCapHalfDays !== null && (
        <p>
          <Trans>In each month, at one space, it allows days: {daysNumber(pass.hostCapHalfDays)}</Trans>
        </p>
      )}
      <Pause pass={pass} />
      <Suspense fallback={null}>
        {pass.guestsPerDay > 0 && pass.role === 'PERSONAL' && <Guests pass={pass} />}
        {pass.role === 'TEAM' ? <Members pass={pass} /> : <Phones pass={pass} />}
        <Movements pass={pass} />
      </Suspense>
    </div>
  );
}

function Sums({ pass }: { pass: Pass }) {
  return (
    <dl className="pass-sums">
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
          <Trans>days used</Trans>
        </dt>
        <dd>
          <Figures>{daysNumber(pass.usedHalfDays)}</Figures>
        </dd>
      </div>
    </dl>
  );
}

/** A pause taken back on its day costs nothing, so resuming at once is the undo. */
function Pause({ pass }: { pass: Pass }) {
  const pausing = useMutation({ mutationFn: () => pausePass(pass.id) });
  const resuming = useMutation({ mutationFn: () => resumePass(pass.id) });
  const { pausedBy, leftDays, endsOn } = pass.pause;
  if (pass.state !== 'PAUSED' && leftDays === 0) return null;
  const error = pausing.error ?? resuming.error;
  return (
    <section>
      <h2>
        <Trans>Pause</Trans>
      </h2>
      {pass.state === 'PAUSED' ? (
        <>
          <p role="status">
            {pausedBy === 'NETWORK' ? (
              <Trans>The network paused this pass. Ask there to resume it.</Trans>
            ) : (
              <Trans>
                Doors stay closed to it until you resume it, on {endsOn && dayText(endsOn)} at the latest.
              </Trans>
            )}
          </p>
          {pausedBy === 'HOLDER' && (
            <Button loading={resuming.isPending} onClick={() => resuming.mutate()}>
              <Trans>Resume</Trans>
            </Button>
          )}
        </>
      ) : (
        <>
          <p>
            {pass.pauseExtends ? (
              <Trans>The pass ends later by the days it rests. Left this year: {leftDays}</Trans>
            ) : (
              <Trans>The end of the pass does not move. Left this year: {leftDays}</Trans>
            )}
          </p>
          <Button variant="default" loading={pausing.isPending} onClick={() => pausing.mutate()}>
            <Trans>Pause the pass</Trans>
          </Button>
        </>
      )}
      {error && (
        <p className="form-fault" role="alert">
          {problemText(error)}
        </p>
      )}
    </section>
  );
}
