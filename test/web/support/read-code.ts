import jsqr from 'jsqr';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';

export function codeOn(page: Page) {
  return page.getByRole('img', { name: 'Your pass code, to be scanned at the door' });
}

/** What a scanner on USB makes of a phone's screen: it reads the code, types it and presses Enter. */
export async function scanByUsb(phone: Page, door: Page): Promise<void> {
  const { data, width, height } = PNG.sync.read(await codeOn(phone).screenshot());
  // The package's types describe a default export that Node does not give.
  const read = (jsqr as unknown as typeof jsqr.default)(new Uint8ClampedArray(data), width, height);
  if (!read) throw new Error('No code is on the screen of the phone.');
  const field = door.getByRole('textbox', { name: 'Type or scan a code' });
  await field.fill(read.data);
  await field.press('Enter');
}
