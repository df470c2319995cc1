import { Trans } from '@lingui/react/macro';
import { CheckCircle, ClockCountdown, HourglassMedium, XCircle } from '@phosphor-icons/react';
import type { ScanView } from '@wire/checkin/checkin.schema.js';
import { useEffect, useState, type ReactNode } from 'react';
import type { DoorAnswer } from '../../door/door-scans';
import type { OfflineVerdict } from '../../door/offline.rules';
import { reasonSentence, reasonWord } from '../../door/reason-text';
import { toneOfAnswer, type Tone } from '../../door/verdict.rules';
import { Figures } from '../../components/figures';
import { clockAt } from '../../i18n/days';
import './verdict-pane.css';

const NEXT_SECONDS = 6;
const ICONS = { in: CheckCircle, check: ClockCountdown, wait: HourglassMedium, no: XCircle } as const;

interface Pane {
  readonly verdict: DoorAnswer;
  readonly timeZone: string;
  readonly onNext: () => void;
  /** What else can be done about this answer: undo, let in all the same, note an incident. */
  readonly actions?: ReactNode;
}

export function VerdictPane({ verdict, timeZone, onNext, actions }: Pane) {
  const tone = toneOfAnswer(verdict);
  const Icon = ICONS[tone];
  return (
    <section className={`verdict verdict-${tone}`} role="status" aria-live="assertive">
      <p className="verdict-word">
        <Icon size={40} weight="bold" aria-hidden="true" />
        <Word verdict={verdict} />
      </p>
      {'answer' in verdict ? (
        <Answer scan={verdict.answer} timeZone={timeZone} />
      ) : (
        <OwnAnswer offline={verdict.offline} timeZone={timeZone} />
      )}
      <div className="verdict-actions">
        {actions}
        <NextButton tone={tone} onNext={onNext} />
      </div>
    </section>
  );
}

function Word({ verdict }: { verdict: DoorAnswer }) {
  if ('answer' in verdict) {
    const { state, reason } = verdict.answer;
    return state === 'REFUSED' || state === 'CONFLICT' ? (
      reasonWord(reason ?? 'error')
    ) : (
      <Trans>Come in</Trans>
    );
  }
  switch (verdict.offline.verdict) {
    case 'COME_IN':
      return <Trans>Come in</Trans>;
    case 'COME_IN_CHECKED':
      return <Trans>Come in, will be checked</Trans>;
    case 'REFUSED':
      return reasonWord(verdict.offline.reason);
  }
}

function Answer({ scan, timeZone }: { scan: ScanView; timeZone: string }) {
  const { guest, visit, reason } = scan;
  const until = visit && <Figures>{clockAt(visit.closesAt, timeZone)}</Figures>;
  return (
    <div className="verdict-body">
      {guest && <h1 className="verdict-name">{guest.firstName}</h1>}
      {guest?.homeSpaceName && (
        <p className="verdict-from">
          <Trans>From {guest.homeSpaceName}</Trans>
        </p>
      )}
      {visit ? (
        <p className="verdict-note">
          <PartText part={visit.part} /> <Trans>Stays until {until} at the latest.</Trans>
        </p>
      ) : (
        <p className="verdict-note">{reasonSentence(reason ?? 'error')}</p>
      )}
    </div>
  );
}

/** Without a network the tablet knows no names: it says how sure it is, and what happens next. */
function OwnAnswer({ offline, timeZone }: { offline: OfflineVerdict; timeZone: string }) {
  if (offline.verdict === 'REFUSED') {
    return (
      <div className="verdict-body">
        <p className="verdict-note">{ownSentence(offline)}</p>
        <p className="verdict-small">
          <Trans>Decided on this tablet, without a network. The scan is kept and goes out by itself.</Trans>
        </p>
      </div>
    );
  }
  const until = offline.closesAt && <Figures>{clockAt(offline.closesAt, timeZone)}</Figures>;
  return (
    <div className="verdict-body">
      <p className="verdict-note">
        <PartText part={offline.part} /> {until && <Trans>Stays until {until} at the latest.</Trans>}
      </p>
      <p className="verdict-note">
        {offline.verdict === 'COME_IN' ? (
          <Trans>On today's list. The visit is counted when the network is back.</Trans>
        ) : (
          <Trans>
            The pass is genuine, but not on today's list. Whether it still has days is checked when the
            network is back.
          </Trans>
        )}
      </p>
    </div>
  );
}

function ownSentence({ reason }: Extract<OfflineVerdict, { verdict: 'REFUSED' }>): ReactNode {
  if (reason === 'clock_skew')
    return (
      <Trans>
        The clock of this tablet was set back. Set it to automatic and connect it for a moment, then scan
        again.
      </Trans>
    );
  if (reason === 'device_not_allowed')
    return (
      <Trans>
        The lists of this tablet are too old to decide by, or it has none. Connect it for a moment, then scan
        again.
      </Trans>
    );
  return reasonSentence(reason);
}

function PartText({ part }: { part: NonNullable<ScanView['visit']>['part'] }) {
  switch (part) {
    case 'DAY':
      return <Trans>A whole day.</Trans>;
    case 'MORNING':
      return <Trans>The morning.</Trans>;
    case 'AFTERNOON':
      return <Trans>The afternoon.</Trans>;
    case 'HOURS':
      return <Trans>A room by the hour.</Trans>;
  }
}

/** After a yes the next guest need not wait for a tap; a no stays until somebody has read it. */
function NextButton({ tone, onNext }: { tone: Tone; onNext: () => void }) {
  const [seconds, setSeconds] = useState(NEXT_SECONDS);
  const isTimed = tone === 'in' || tone === 'check';
  useEffect(() => {
    if (!isTimed) return;
    if (seconds === 0) return onNext();
    const timer = setTimeout(() => setSeconds(seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [isTimed, seconds, onNext]);
  return (
    <button type="button" className="door-button" onClick={onNext}>
      <Trans>Next scan</Trans>
      {isTimed && <Figures>({seconds})</Figures>}
    </button>
  );
}
