import { encodeQR } from 'qr';
import { useMemo } from 'react';

const QUIET_ZONE = 4;

/** Always dark on light, also in dark mode; error level M. Upper-case alphanumeric text keeps it small. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { dark, side } = useMemo(() => draw(text), [text]);
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${side} ${side}`}
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
function draw(text: string): { dark: string; side: number } {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET_ZONE });
  let dark = '';
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x++;
      dark += `M${start} ${y}h${x + 1 - start}v1H${start}z`;
    }
  }
  return { dark, side: rows.length };
}
