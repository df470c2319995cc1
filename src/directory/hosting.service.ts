import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import type { HostingStop } from '../kernel/words.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/db.js';

/** A space hosts unless a stop says otherwise. Who decides that is above; bookings and search read it. */
@Injectable()
export class Hosting {
  constructor(private readonly clock: Clock) {}

  /** null: it takes new bookings again. Saying the same twice changes nothing. */
  async set(
    tx: Tx,
    space: { readonly id: string; readonly networkId: string },
    code: HostingStop | null,
    by: string,
  ): Promise<void> {
    const now = this.clock.now().toString();
    await sql(
      tx,
      `UPDATE directory.hosting_stops SET ended_at = $3
        WHERE space_id = $1 AND ended_at IS NULL AND code IS DISTINCT FROM $2`,
      [space.id, code, now],
    );
    if (code === null) return;
    await sql(
      tx,
      `INSERT INTO directory.hosting_stops (id, space_id, network_id, code, stopped_by, begun_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (space_id) WHERE ended_at IS NULL DO NOTHING`,
      [newId(), space.id, space.networkId, code, by, now],
    );
  }
}
