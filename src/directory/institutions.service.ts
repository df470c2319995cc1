import { Injectable } from '@nestjs/common';
import type { Organisation } from '../identity/index.js';
import type { Unit } from '../kernel/money.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/db.js';

/** Institutions as parties: who is invoiced stands on documents as spaces and networks do. */
@Injectable()
export class Institutions {
  constructor(private readonly clock: Clock) {}

  /** Does nothing when it is a party already. */
  async register(
    tx: Tx,
    { id, name, country }: Organisation,
    { networkId, unit }: { readonly networkId: string; readonly unit: Unit },
  ): Promise<void> {
    await sql(
      tx,
      `INSERT INTO directory.parties (id, kind, network_id, name, country, unit, settlement_profile, created_at)
       VALUES ($1, 'institution', $2, $3, $4, $5, 'GROSS_ONLY', $6) ON CONFLICT (id) DO NOTHING`,
      [id, networkId, name, country, unit, this.clock.now().toString()],
    );
  }
}
