import { ownerSql } from './app.js';
import type { Part, Seats } from './seat-history.js';

type At = {
  readonly host: { readonly poolId: string };
  readonly day: string;
  readonly clients: readonly { readonly id: string; readonly name: string }[];
};

/** The seats of a pool on a day as the tables have them; a client is told by its person. */
export async function seatsIn({ host, day, clients }: At): Promise<Omit<Seats, 'capacity'>> {
  const names = new Map(clients.map(({ id, name }) => [id, name]));
  const at = [host.poolId, day];
  const booked = await ownerSql<{ personId: string; part: Part; state: string }>(
    `SELECT person_id AS "personId", part, state FROM bookings.bookings
      WHERE pool_id = $1 AND day = $2 AND state IN ('PENDING', 'RESERVED')`,
    at,
  );
  const waits = await ownerSql<{ personId: string; part: Part; state: string }>(
    `SELECT person_id AS "personId", part, state FROM bookings.waits
      WHERE pool_id = $1 AND day = $2 AND state IN ('WAITING', 'KEPT', 'OFFERED') ORDER BY place`,
    at,
  );
  const named = (rows: readonly { personId: string; part: Part }[]) =>
    rows.map(({ personId, part }) => [names.get(personId)!, part] as const);
  return {
    held: Object.fromEntries(named(booked)),
    pending: named(booked.filter(({ state }) => state === 'PENDING')).map(([name]) => name),
    kept: Object.fromEntries(named(waits.filter(({ state }) => state !== 'WAITING'))),
    line: named(waits.filter(({ state }) => state === 'WAITING')),
  };
}
