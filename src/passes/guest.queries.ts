import { Temporal, type PlainDate } from '../kernel/time.js';
import type { Language } from '../kernel/wire.js';
import type { Part } from '../kernel/words.js';
import { sql, type Reader, type Tx } from '../platform/db.js';

export type GuestPass = {
  /** Also the id of the guest's pass, once they have confirmed. */
  readonly id: string;
  /** Whose half-days it takes. */
  readonly passId: string;
  readonly networkId: string;
  /** Who invited. */
  readonly personId: string;
  readonly guestName: string;
  readonly guestEmail: string;
  readonly language: Language;
  readonly spaceId: string;
  readonly day: PlainDate;
  readonly part: Part;
  readonly halfDays: number;
  readonly state: 'SENT' | 'CONFIRMED' | 'USED' | 'WITHDRAWN' | 'LAPSED';
  readonly tokenHash: string;
  readonly requestHash: string;
};

const SELECT = `SELECT id, pass_id AS "passId", network_id AS "networkId", person_id AS "personId",
    guest_name AS "guestName", guest_email AS "guestEmail", language, space_id AS "spaceId", day::text AS day, part,
    half_days AS "halfDays", state, token_hash AS "tokenHash", request_hash AS "requestHash"
  FROM passes.guest_passes`;

type Row = Omit<GuestPass, 'day'> & { readonly day: string };

async function where(on: Reader, condition: string, values: unknown[]): Promise<GuestPass[]> {
  const rows = await sql<Row>(on, `${SELECT} WHERE ${condition}`, values);
  return rows.map((row) => ({ ...row, day: Temporal.PlainDate.from(row.day) }));
}

export async function findGuestPass(on: Reader, id: string): Promise<GuestPass | null> {
  return (await where(on, 'id = $1', [id]))[0] ?? null;
}

export async function lockGuestPass(on: Reader, id: string): Promise<GuestPass | null> {
  return (await where(on, 'id = $1 FOR UPDATE', [id]))[0] ?? null;
}

/** The latest day first. */
export function findGuestPassesOf(on: Reader, passId: string): Promise<GuestPass[]> {
  return where(on, 'pass_id = $1 ORDER BY day DESC, id DESC LIMIT 100', [passId]);
}

/** Invitations for a day that still count. */
export function findGuestsOn(on: Reader, passId: string, day: PlainDate): Promise<GuestPass[]> {
  return where(on, `pass_id = $1 AND day = $2 AND state IN ('SENT', 'CONFIRMED', 'USED')`, [
    passId,
    day.toString(),
  ]);
}

/** Whose day is over and who did not come. */
export function findGuestsDue(on: Reader, lastDay: PlainDate, limit: number): Promise<GuestPass[]> {
  return where(
    on,
    `day <= $1 AND state IN ('SENT', 'CONFIRMED') ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`,
    [lastDay.toString()],
  );
}

export async function setGuestState(tx: Tx, id: string, state: GuestPass['state']): Promise<void> {
  await sql(tx, 'UPDATE passes.guest_passes SET state = $2 WHERE id = $1', [id, state]);
}
