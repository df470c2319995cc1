import { existsSync, writeFileSync } from 'node:fs';
import { PNG } from 'pngjs';

/** As a small webcam sees it: a code fills most of its height. */
const WIDTH = 640;
const HEIGHT = 480;
const CODE_SIDE = 432;
const FRAMES = 6;
const PAPER = 235;

/**
 * Writes what a camera sees: the picture of a screen, in the middle of a light wall, as a film in YUV4MPEG2.
 * Chromium's fake camera plays it round and round.
 */
export function filmOf(screen: Buffer, file: string): void {
  const luma = Buffer.alloc(WIDTH * HEIGHT, PAPER);
  const picture = PNG.sync.read(screen);
  const [left, top] = [(WIDTH - CODE_SIDE) / 2, (HEIGHT - CODE_SIDE) / 2];
  for (let y = 0; y < CODE_SIDE; y += 1) {
    for (let x = 0; x < CODE_SIDE; x += 1) {
      luma[(top + y) * WIDTH + left + x] = brightness(picture, x / CODE_SIDE, y / CODE_SIDE);
    }
  }
  write(luma, file);
}

/** The wall alone: a camera does not open without a film. */
export function filmOfNothing(file: string): void {
  write(Buffer.alloc(WIDTH * HEIGHT, PAPER), file);
}

function write(luma: Buffer, file: string): void {
  const grey = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, grey]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420\n`);
  const flag = existsSync(file) ? 'r+' : 'w'; // in place: a camera that is running sees the next frame, never an empty file
  writeFileSync(file, Buffer.concat([head, ...Array.from({ length: FRAMES }, () => frame)]), { flag });
}

function brightness({ width, height, data }: PNG, x: number, y: number): number {
  const at = 4 * (Math.floor(y * height) * width + Math.floor(x * width));
  return Math.round(0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!);
}
