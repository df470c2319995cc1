import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { STEP_SECONDS } from '@wire/kernel/pass-code/esc1.js';
import { QrCode } from '../components/qr-code';
import { useSecondsLeft, type ShownCode } from './rotating-code';
import './code-plate.css';

/** The code on its light plate in both schemes. The ring around it runs out when the next code comes. */
export function CodePlate({ shown }: { shown: ShownCode }) {
  const { t } = useLingui();
  const seconds = useSecondsLeft();
  const spent = (100 * (STEP_SECONDS - seconds)) / STEP_SECONDS;
  return (
    <div className="code-plate">
      <div className="code-frame">
        <svg className="code-ring" viewBox="0 0 256 256" aria-hidden="true">
          <rect className="code-ring-track" x="3" y="3" width="250" height="250" rx="18" />
          <rect
            className="code-ring-left"
            x="3"
            y="3"
            width="250"
            height="250"
            rx="18"
            pathLength="100"
            style={{ strokeDashoffset: spent }}
          />
        </svg>
        <QrCode text={shown.text} label={t`Your pass code, to be scanned at the door`} />
      </div>
      {shown.typed && (
        <p className="code-typed">
          <Trans>Without a camera, read out</Trans> <bdi dir="ltr">{shown.typed}</bdi>
        </p>
      )}
      <p className="code-next">
        <Plural value={seconds} one="New code in # second" other="New code in # seconds" />
      </p>
    </div>
  );
}
