import { Trans } from '@lingui/react/macro';
import { CheckCircle, ClockCountdown, HourglassMedium, XCircle } from '@phosphor-icons/react';
import type { ScanView } from '@wire/checkin/checkin.schema.js';
import { useEffect, useState, type ReactNode } from 'react';
import { reasonSentence, reasonWord } from '../../door/reason-text';
import { toneOf, type Tone } from '../../door/verdict.rules';
import { Figures } from '../../components/figures';
import { clockAt } from '../../i18n/days';
import './verdict-pane.css';

const NEXT_SECONDS = 6;
const ICONS = { in: CheckCircle, check: ClockCountdown, wait: HourglassMedium, no: XCircle } as const;

/** The answer to one scan, or that none has come yet. */
export type Verdict = { readonly scan: ScanView } | { readonly scan: null };

interface Pane {
  readonly verdict: Verdict;
  readonly timeZone: string;
  readonly onNext: () => void;
  /** What else can be done about this answer: undo, let in all the same, note an incident. */
  readonly actions?: ReactNode;
}

export function VerdictPane({ verdict, timeZone, onNext, actions }: Pane) {
  const tone: Tone = verdict.scan ? toneOf(verdict.scan) : 'check';
  const Icon = ICONS[tone];
  return (
    <section className={`verdict verdict-${tone}`} role="status" aria-live="assertive">
      <p className="verdict-word">
        <Icon size={40} weight="bold" aria-hidden="true" />
        {verdict.scan ? <Word scan={verdict.scan} /> : <Trans>Saved, waiting for the network</Trans>}
      </p>
      {verdict.scan ? <Answer scan={verdict.scan} timeZone={timeZone} /> : <NoAnswer />}
      <div className="verdict-actions">
        {actions}
        <NextButton tone={tone} onNext={onNext} />
      </div>
    </section>
  );
}

function Word({ scan }: { scan: ScanView }) {
  return scan.state === 'ACCEPTED' ? <Trans>Come in</Trans> : reasonWord(scan.reason ?? 'error');
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

function PartText({ part }: { part: NonNullable<ScanView['visit']>['part'] }) {
  switch (part) {
    case 'DAY':
      return <Trans>A whole day.</Trans>;
    case 'MORNING':
      return <Trans>The morning.</Trans>;
    case 'AFTERNOON':
      return <Trans>The afternoon.</Trans>;
  }
}

function NoAnswer() {
  return (
    <div className="verdict-body">
      <p className="verdict-note">
        <Trans>
          The scan is kept on this tablet and goes out by itself. Look at who is in front of you and at
          today's list; if you let them in, the visit is counted when the network is back.
        </Trans>
      </p>
    </div>
  );
}

/** After a yes the next guest need not wait for a tap; a no stays until somebody has read it. */
function NextButton({ tone, onNext }: { tone: Tone; onNext: () => void }) {
  const [seconds, setSeconds] = useState(NEXT_SECONDS);
  const isTimed = tone === 'in';
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
