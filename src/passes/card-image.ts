import QRCode from 'qrcode';

export type CardImage = { readonly mediaType: 'image/png' | 'image/svg+xml'; readonly bytes: Buffer };

const PIXELS_PER_MODULE = 8;
/** The light border that scanners need. */
const QUIET_ZONE_MODULES = 4;

/** Base45 keeps to the letters of QR's alphanumeric mode, which is a third denser than bytes. */
export async function drawCard(text: string, format: 'png' | 'svg'): Promise<CardImage> {
  const segments = [{ data: text, mode: 'alphanumeric' as const }];
  const options = { errorCorrectionLevel: 'M', margin: QUIET_ZONE_MODULES } as const;
  if (format === 'png') {
    const bytes = await QRCode.toBuffer(segments, { ...options, type: 'png', scale: PIXELS_PER_MODULE });
    return { mediaType: 'image/png', bytes };
  }
  const svg = await QRCode.toString(segments, { ...options, type: 'svg' });
  return { mediaType: 'image/svg+xml', bytes: Buffer.from(svg) };
}
