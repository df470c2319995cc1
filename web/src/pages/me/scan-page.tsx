import { Trans, useLingui } from '@lingui/react/macro';
import { CheckCircle, XCircle } from '@phosphor-icons/react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ScanView } from '@wire/checkin/checkin.schema.js';
import { PosterKeyView } from '@wire/checkin/desk.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { POSTER_PREFIX, readPoster } from '@wire/kernel/pass-code/poster.js';
import { showPass } from '@wire/kernel/pass-code/esc1.js';
import { spaceTag } from '@wire/kernel/pass-code/space-tag.js';
import { verifyWithWebCrypto } from '@wire/kernel/pass-code/web-crypto.js';
import { Temporal } from '@wire/kernel/time.js';
import { useCallback, useState } from 'react';
import { call, serverNowMs } from '../../api/call';
import { passesQuery, usablePass } from '../../api/mine';
import { problemText } from '../../api/problem-text';
import { LinkButton } from '../../components/link-button';
import { useCamera } from '../../door/camera';
import { fromBase64Url } from '../../pass/bytes';
import { signer } from '../../pass/pass-store';
import { useCredential, type ShowablePass } from '../../pass/use-credential';
import { useTitle } from '../../shell/title';
import './scan-page.css';

/** The other direction: the guest's phone reads the poster of the space. */
export function ScanPage() {
  const { t } = useLingui();
  useTitle(t`Scan the door`);
  const passes = useQuery(passesQuery);
  const usable = usablePass(passes.data);
  const credential = useCredential(usable?.id);
  const pass = credential.data;
  // Without the key of the pass the phone could not sign that it was here: the camera waits for it.
  const isReady = !passes.isPending && (usable === undefined || !credential.isPending);
  const [isForeign, setForeign] = useState(false);
  const checkIn = useMutation({
    mutationFn: (poster: string) => selfCheckIn(poster, pass),
    onSuccess: (scan) => setForeign(scan === null),
  });
  const { mutate, isPending } = checkIn;
  const isRunning = !isPending && !checkIn.data && !checkIn.error;
  const read = useCallback(
    (text: string) => (text.startsWith(POSTER_PREFIX) ? mutate(text) : setForeign(true)),
    [mutate],
  );
  const camera = useCamera(isRunning && isReady, read);
  const again = () => {
    setForeign(false);
    checkIn.reset();
  };
  return (
    <section className="scan-door">
      <h1>
        <Trans>Scan the door</Trans>
      </h1>
      {isRunning && (
        <>
          <div className="scan-door-view">
            <video ref={camera.video} playsInline muted data-facing={camera.facing} />
            <div className="scan-door-frame" aria-hidden="true" />
          </div>
          <p role="status" className={isForeign ? 'scan-door-no' : ''}>
            {isForeign ? (
              <Trans>This is not the poster of a space. Escale opens no other codes.</Trans>
            ) : camera.state === 'blocked' ? (
              <Trans>
                The camera is blocked. Allow it beside the address, or show your pass at the door.
              </Trans>
            ) : camera.state === 'absent' ? (
              <Trans>No camera found. Show your pass at the door.</Trans>
            ) : (
              <Trans>Hold the poster of the space in the frame.</Trans>
            )}
          </p>
        </>
      )}
      {isPending && (
        <p role="status">
          <Trans>Checking you in…</Trans>
        </p>
      )}
      {checkIn.data === null && (
        <Refused
          onAgain={again}
          text={t`This poster was not made by Escale. Show your pass at the door instead.`}
        />
      )}
      {checkIn.data && <Answer scan={checkIn.data} onAgain={again} />}
      {checkIn.error && <Refused onAgain={again} text={problemText(checkIn.error)} />}
      <LinkButton to="/me/pass" variant="default">
        <Trans>My pass</Trans>
      </LinkButton>
    </section>
  );
}

function Answer({ scan, onAgain }: { scan: ScanView; onAgain: () => void }) {
  if (scan.state !== 'ACCEPTED') return <Refused onAgain={onAgain} text={scan.guestSentence} />;
  return (
    <div className="scan-door-answer scan-door-yes" role="status">
      <CheckCircle size={48} weight="bold" aria-hidden="true" />
      <h2>
        <Trans>You are checked in</Trans>
      </h2>
      <p dir="auto">{scan.guestSentence}</p>
    </div>
  );
}

function Refused({ text, onAgain }: { text: string; onAgain: () => void }) {
  return (
    <div className="scan-door-answer scan-door-no" role="alert">
      <XCircle size={48} weight="bold" aria-hidden="true" />
      <p dir="auto">{text}</p>
      <button type="button" className="pill pill-strong" onClick={onAgain}>
        <Trans>Scan again</Trans>
      </button>
    </div>
  );
}

/** Null: not signed by us, and so nothing was sent anywhere. */
async function selfCheckIn(poster: string, pass: ShowablePass | undefined): Promise<ScanView | null> {
  const { raw } = await call('/v1/poster-key', { returns: PosterKeyView });
  const verify = verifyWithWebCrypto as Parameters<typeof readPoster>[2];
  const read = await readPoster(poster, fromBase64Url(raw), verify);
  if (!read) return null;
  const code = pass && (await codeFor(pass, read.spaceId));
  const scannedAt = Temporal.Instant.fromEpochMilliseconds(Math.round(serverNowMs())).toString();
  return call(`/v1/self-check-ins/${newId()}`, {
    method: 'PUT',
    body: { poster, scannedAt, ...(code ? { code } : {}) },
    returns: ScanView,
  });
}

async function codeFor({ key, held }: ShowablePass, spaceId: string): Promise<string> {
  const at = {
    credentialId: held.credentialId,
    now: Math.floor(serverNowMs() / 1000),
    spaceTag: await spaceTag(spaceId),
  };
  return showPass(held.credential, at, signer(key));
}
