import { Trans, useLingui } from '@lingui/react/macro';
import { CameraRotate, CameraSlash, Flashlight, SpeakerHigh, SpeakerSlash } from '@phosphor-icons/react';
import { useQueryClient } from '@tanstack/react-query';
import type { ScanView } from '@wire/checkin/checkin.schema.js';
import { lazy, Suspense, useCallback, useRef, useState } from 'react';
import type { Space } from '../../api/spaces';
import { useCamera, type Camera } from '../../door/camera';
import { offlineAdmission, scanCode, type DoorAnswer } from '../../door/door-scans';
import { isMuted, mute, signal } from '../../door/signals';
import { toneOfAnswer } from '../../door/verdict.rules';
import { CodeEntry } from './code-entry';
import { DoorState } from './door-state';
import { VerdictPane } from './verdict-pane';
import './scan-pane.css';

/** How long the same text is not a new scan: the camera goes on seeing the phone after the verdict. */
const SAME_CODE_MS = 20_000;

/** What can be done about a verdict, and what needs a second look, come after the camera, and before anybody needs them. */
const actions = import('./verdict-actions');
const VerdictActions = lazy(async () => ({ default: (await actions).VerdictActions }));
const OfflineUndo = lazy(async () => ({ default: (await actions).OfflineUndo }));
const WaitingScans = lazy(async () => ({ default: (await import('./waiting-scans')).WaitingScans }));
const OddScans = lazy(async () => ({ default: (await import('./odd-scans')).OddScans }));

export function ScanPane({ space, token }: { space: Space; token: string | undefined }) {
  const { verdict, scan, next, show } = useScans(space);
  const camera = useCamera(verdict === null, scan);
  const admitted = verdict && offlineAdmission(verdict);
  return (
    <div className="scan-pane">
      {verdict ? (
        <VerdictPane
          verdict={verdict}
          timeZone={space.timeZone}
          onNext={next}
          actions={
            <Suspense fallback={null}>
              {'answer' in verdict ? (
                <VerdictActions scan={verdict.answer} onNext={next} onScan={show} />
              ) : (
                admitted && <OfflineUndo admitted={admitted} onNext={next} />
              )}
            </Suspense>
          }
        />
      ) : (
        <Viewfinder camera={camera} />
      )}
      <div className="scan-foot">
        <CodeEntry onCode={scan} />
        <span className="scan-where">{space.name}</span>
        <Suspense fallback={null}>
          <WaitingScans timeZone={space.timeZone} />
          <OddScans space={space} token={token} />
        </Suspense>
        <DoorState timeZone={space.timeZone} />
      </div>
    </div>
  );
}

function useScans(space: Space) {
  const queries = useQueryClient();
  const [verdict, setVerdict] = useState<DoorAnswer | null>(null);
  const last = useRef({ code: '', atMs: -Infinity });
  const isBusy = useRef(false);

  const scan = useCallback(
    (code: string) => {
      const atMs = performance.now();
      const isSame = code === last.current.code && atMs - last.current.atMs < SAME_CODE_MS;
      if (isBusy.current || isSame) return;
      isBusy.current = true;
      last.current = { code, atMs };
      const tell = (answer: DoorAnswer) => {
        setVerdict(answer);
        signal(toneOfAnswer(answer));
        // Not waited for: without a network it would end when there is one, and no guest could come in meanwhile.
        void queries.invalidateQueries({ queryKey: ['desk'] });
      };
      void scanCode(space, code)
        .then(tell)
        .finally(() => {
          isBusy.current = false;
        });
    },
    [queries, space],
  );
  const next = useCallback(() => setVerdict(null), []);
  const show = useCallback((answer: ScanView) => setVerdict({ answer }), []);
  return { verdict, scan, next, show };
}

function Viewfinder({ camera }: { camera: Camera }) {
  const { t } = useLingui();
  const [isQuiet, setQuiet] = useState(isMuted);
  const toggleSound = () => {
    mute(!isQuiet);
    setQuiet(!isQuiet);
  };
  return (
    <section className="viewfinder" aria-label={t`Camera`}>
      <video ref={camera.video} playsInline muted data-facing={camera.facing} />
      <div className="viewfinder-frame" aria-hidden="true" />
      <h1 className="viewfinder-hint">
        {camera.state === 'blocked' || camera.state === 'absent' ? (
          <>
            <CameraSlash size={32} aria-hidden="true" />
            {camera.state === 'blocked' ? (
              <Trans>The camera is blocked. Allow it beside the address, or type the code.</Trans>
            ) : (
              <Trans>No camera found. Use a scanner on USB, or type the code.</Trans>
            )}
          </>
        ) : (
          <Trans>Hold the pass in the frame</Trans>
        )}
      </h1>
      <div className="viewfinder-tools">
        <button
          type="button"
          className="viewfinder-tool"
          aria-label={t`Turn the camera`}
          onClick={camera.turn}
        >
          <CameraRotate size={24} aria-hidden="true" />
        </button>
        {camera.torch && (
          <button
            type="button"
            className="viewfinder-tool"
            aria-label={t`Lamp`}
            aria-pressed={camera.torch.isOn}
            onClick={camera.torch.toggle}
          >
            <Flashlight size={24} aria-hidden="true" />
          </button>
        )}
        <button
          type="button"
          className="viewfinder-tool"
          aria-label={t`Sound`}
          aria-pressed={!isQuiet}
          onClick={toggleSound}
        >
          {isQuiet ? (
            <SpeakerSlash size={24} aria-hidden="true" />
          ) : (
            <SpeakerHigh size={24} aria-hidden="true" />
          )}
        </button>
      </div>
    </section>
  );
}
