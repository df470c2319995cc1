import { RequestProblems } from '../platform/http/request-problems.js';

/** Where a page by distance ended. */
export type Cursor = { readonly metres: number; readonly id: string };

const BEFORE_ALL: Cursor = { metres: -1, id: '00000000-0000-0000-0000-000000000000' };
const KILOMETRES_PER_DEGREE = 111.19;
/** The east–west scale of the columns flat_point: cos 40°. */
export const FLAT_SCALE = 0.766;

export function cursorText({ metres, id }: { metres: number | null; id: string }): string {
  return `${metres ?? 0}~${id}`;
}

export function readCursor(text: string | undefined): Cursor {
  if (text === undefined) return BEFORE_ALL;
  const [, metres, id] = /^(\d+(?:\.\d+)?(?:e-\d+)?)~([0-9a-f-]{36})$/.exec(text) ?? [];
  if (metres !== undefined && id !== undefined) return { metres: Number(metres), id };
  throw RequestProblems.invalid('One or more fields are not valid.', {
    errors: [{ pointer: '/after', detail: 'Give back `next` of the page before.' }],
  });
}

/**
 * A box of flat_point around everything within a distance, for the index: `[x1, y1, x2, y2]`. It may hold
 * more, never less. Near a pole, or across the line of 180°, it is as wide as the Earth.
 */
export function flatBox(lat: number, lon: number, kilometresMax: number | undefined): number[] {
  const degrees = (kilometresMax ?? Number.POSITIVE_INFINITY) / KILOMETRES_PER_DEGREE;
  const south = Math.max(-90, lat - degrees);
  const north = Math.min(90, lat + degrees);
  const narrowest = Math.cos((Math.max(Math.abs(south), Math.abs(north)) * Math.PI) / 180);
  const width = degrees / Math.max(narrowest, Number.EPSILON);
  const whole = lon - width < -180 || lon + width > 180;
  const [west, east] = whole ? [-180, 180] : [lon - width, lon + width];
  return [west * FLAT_SCALE, south, east * FLAT_SCALE, north];
}
