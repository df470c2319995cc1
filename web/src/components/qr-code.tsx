import QRCode, { type QRCodeSegment } from 'qrcode';
import { useMemo } from 'react';

/** A pass code: upper-case alphanumeric text, which keeps it small. */
export function QrCode({ text, label }: { text: string; label: string }) {
  return <Drawn segments={[{ data: text, mode: 'alphanumeric' }]} label={label} />;
}

/** Any text, such as an address. */
export function QrImage({ text, label }: { text: string; label: string }) {
  return <Drawn segments={[{ data: new TextEncoder().encode(text), mode: 'byte' }]} label={label} />;
}

/** Always dark on light, also in dark mode; error level M. */
function Drawn({ segments, label }: { segments: QRCodeSegment[]; label: string }) {
  const code = JSON.stringify(segments);
  const { dark, side } = useMemo(() => draw(segments), [code]);
  // The viewBox adds the quiet zone of 4 modules.
  return (
    <svg
      className="qr-code"
      viewBox={`-4 -4 ${side + 8} ${side + 8}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
      style={{ background: 'var(--es-qr-plate)' }}
    >
      <path d={dark} fill="var(--es-qr-dark)" />
    </svg>
  );
}

/** One path of horizontal runs: an eighth of the text of one square per module. */
function draw(segments: QRCodeSegment[]): { dark: string; side: number } {
  const { modules } = QRCode.create(segments, { errorCorrectionLevel: 'M' });
  let dark = '';
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      if (!modules.get(y, x)) continue;
      const start = x;
      while (x + 1 < modules.size && modules.get(y, x + 1)) x++;
      dark += `M${start} ${y}h${x + 1 - start}v1H${start}z`;
    }
  }
  return { dark, side: modules.size };
}
