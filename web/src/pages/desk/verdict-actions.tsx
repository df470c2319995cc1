import { Trans, useLingui } from '@lingui/react/macro';
import { ArrowUUpLeft, Flag, LockKeyOpen } from '@phosphor-icons/react';
import { newId } from '@wire/kernel/ids.js';
import { OVERRIDABLE, ScanView, VisitView } from '@wire/checkin/checkin.schema.js';
import { lazy, Suspense, useState } from 'react';
import { problemText } from '../../api/problem-text';
import { undoHere, type OfflineAdmission } from '../../door/door-scans';
import { useSession } from '../../api/session';
import { manages } from '../space/rights';
import { DeskForm } from './desk-dialog';
import { useDesk, useDeskAct } from './desk-context';

const IncidentDialog = lazy(() => import('./incident-dialog').then((m) => ({ default: m.IncidentDialog })));

interface Actions {
  readonly scan: ScanView;
  readonly onNext: () => void;
  /** The answer to what was done instead. */
  readonly onScan: (scan: ScanView) => void;
}

/** What else can be done about an answer of the door: take it back, let in all the same, note what happened. */
export function VerdictActions({ scan, onNext, onScan }: Actions) {
  const { data: session } = useSession();
  const { space } = useDesk();
  const [isTelling, setTelling] = useState(false);
  const mayOverride = session != null && manages(session, space);
  const canOverride = scan.reason !== null && OVERRIDABLE.includes(scan.reason) && mayOverride;
  return (
    <>
      {scan.state === 'REFUSED' && (
        <p className="verdict-guest">
          <small>
            <Trans>For the guest to read</Trans>
          </small>
          <bdi>{scan.guestSentence}</bdi>
        </p>
      )}
      {scan.visit && (
        <UndoButton visitId={scan.visit.id} onDone={onNext} className="door-button door-button-quiet" />
      )}
      {canOverride && <OverrideButton scan={scan} onScan={onScan} />}
      {scan.visit && (
        <button type="button" className="door-button door-button-quiet" onClick={() => setTelling(true)}>
          <Flag size={24} aria-hidden="true" />
          <Trans>Report an incident</Trans>
        </button>
      )}
      {isTelling && scan.visit && (
        <Suspense fallback={null}>
          <IncidentDialog visitId={scan.visit.id} onClose={() => setTelling(false)} />
        </Suspense>
      )}
    </>
  );
}

export function UndoButton({
  visitId,
  onDone,
  className,
}: {
  visitId: string;
  onDone?: () => void;
  className: string;
}) {
  const { t } = useLingui();
  const undo = useDeskAct(
    () => ({
      path: `/v1/visits/${visitId}/undo`,
      body: { reason: t`Undone at the door` },
      returns: VisitView,
    }),
    onDone,
  );
  return (
    <button type="button" className={className} disabled={undo.isPending} onClick={() => undo.mutate()}>
      <ArrowUUpLeft size={20} className="mirrored" aria-hidden="true" />
      {undo.error ? problemText(undo.error) : <Trans>Undo</Trans>}
    </button>
  );
}

/** What the tablet admitted by itself is taken back here, without a network, before anybody is told. */
export function OfflineUndo({ admitted, onNext }: { admitted: OfflineAdmission; onNext: () => void }) {
  const [isTooLate, setTooLate] = useState(false);
  const undo = () =>
    void undoHere(admitted.scanId, admitted.offline.seen).then((wasTaken) =>
      wasTaken ? onNext() : setTooLate(true),
    );
  return (
    <button type="button" className="door-button door-button-quiet" disabled={isTooLate} onClick={undo}>
      <ArrowUUpLeft size={20} className="mirrored" aria-hidden="true" />
      {isTooLate ? <Trans>Too late to undo: correct the visit in the list</Trans> : <Trans>Undo</Trans>}
    </button>
  );
}

function OverrideButton({ scan, onScan }: { scan: ScanView; onScan: (scan: ScanView) => void }) {
  const [isAsking, setAsking] = useState(false);
  const override = useDeskAct(
    (reason: string) => ({
      path: `/v1/overrides/${newId()}`,
      body: { scanId: scan.id, reason },
      returns: ScanView,
      asPerson: true,
    }),
    (answer) => {
      setAsking(false);
      onScan(answer);
    },
  );
  return (
    <>
      <button type="button" className="door-button door-button-quiet" onClick={() => setAsking(true)}>
        <LockKeyOpen size={24} aria-hidden="true" />
        <Trans>Let in all the same</Trans>
      </button>
      {isAsking && (
        <DeskForm
          title={<Trans>Let in against the door?</Trans>}
          submit={<Trans>Let in</Trans>}
          isBusy={override.isPending}
          error={override.error}
          onClose={() => setAsking(false)}
          onSubmit={(data) => override.mutate(data.get('reason') as string)}
        >
          <p>
            <Trans>
              The visit is counted as checked in by hand. Your name and the reason are kept with it.
            </Trans>
          </p>
          <label className="desk-field">
            <Trans>Reason</Trans>
            <input name="reason" required maxLength={500} autoComplete="off" />
          </label>
        </DeskForm>
      )}
    </>
  );
}
