import jsqr from 'jsqr';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';

export function codeOn(page: Page) {
  return page.getByRole('img', { name: 'Your pass code, to be scanned at the door' });
}

/** What is in the picture of a code. */
export function textOf(picture: Buffer): string {
  const { data, width, height } = PNG.sync.read(picture);
  // The package's types describe a default export that Node does not give.
  const read = (jsqr as unknown as typeof jsqr.default)(new Uint8ClampedArray(data), width, height);
  if (!read) throw new Error('No code is in the picture.');
  return read.data;
}

/** As a scanner on USB does it: types what it has read, and presses Enter. */
export async function typeIn(door: Page, text: string): Promise<void> {
  const field = door.getByRole('textbox', { name: 'Type or scan a code' });
  await field.fill(text);
  await field.press('Enter');
}
