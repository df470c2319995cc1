/**
 * Draws the PNG icons that phones ask for from icon.svg, which is made of rectangles and straight-sided paths:
 * no picture is fetched, none is kept in the repository.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

const SAMPLES = 3; // to a side, in each pixel: edges come out smooth
/** What a launcher may cut off all around, as a share of the side. */
const SAFE_MARGIN = 0.12;

export function drawIcons(svgFile, folder) {
  const picture = readPicture(readFileSync(svgFile, 'utf8'));
  for (const [name, side, margin] of [
    ['apple-touch-icon.png', 180, 0],
    ['icon-192.png', 192, 0],
    ['icon-512.png', 512, 0],
    ['icon-maskable-512.png', 512, SAFE_MARGIN],
  ]) {
    writeFileSync(path.join(folder, name), png(side, raster(picture, side, margin)));
  }
}

/** The ground, and the shapes in the order they are painted, in the units of the view box. */
function readPicture(svg) {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)[1]);
  const ground = rgb(/<rect [^>]*fill="(#\w{6})"/.exec(svg)[1]);
  const shapes = [];
  for (const [, dx, dy, sx, sy, inner] of svg.matchAll(
    /<g transform="translate\((\S+) (\S+)\) scale\((\S+) (\S+)\)">(.*?)<\/g>/gs,
  )) {
    for (const [, d, fill] of inner.matchAll(/<path d="([ML\d .Z-]+)" fill="(#\w{6})"/g)) {
      const numbers = d.match(/-?[\d.]+/g).map(Number);
      const points = [];
      for (let at = 0; at < numbers.length; at += 2) {
        points.push([Number(dx) + Number(sx) * numbers[at], Number(dy) + Number(sy) * numbers[at + 1]]);
      }
      shapes.push({ points, colour: rgb(fill) });
    }
  }
  if (shapes.length === 0) throw new Error('The icon has no shape this script can draw.');
  return { size, ground, shapes };
}

const rgb = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

function raster({ size, ground, shapes }, side, margin) {
  const pixels = Buffer.alloc(side * side * 3);
  const scale = size / (side * (1 - 2 * margin));
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const sum = [0, 0, 0];
      for (let sample = 0; sample < SAMPLES ** 2; sample += 1) {
        const u = (x + ((sample % SAMPLES) + 0.5) / SAMPLES - side * margin) * scale;
        const v = (y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES - side * margin) * scale;
        const top = shapes.findLast(({ points }) => isInside(points, u, v));
        (top?.colour ?? ground).forEach((value, channel) => (sum[channel] += value));
      }
      sum.forEach((value, channel) => (pixels[(y * side + x) * 3 + channel] = value / SAMPLES ** 2));
    }
  }
  return pixels;
}

/** Even-odd rule: how many sides lie to the right of the point. */
function isInside(points, x, y) {
  let inside = false;
  points.forEach(([ax, ay], at) => {
    const [bx, by] = points.at(at - 1);
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

/** Eight bits of red, green and blue, no filter. */
function png(side, pixels) {
  const rows = Buffer.alloc(side * (side * 3 + 1));
  for (let y = 0; y < side; y += 1)
    pixels.copy(rows, y * (side * 3 + 1) + 1, y * side * 3, (y + 1) * side * 3);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
