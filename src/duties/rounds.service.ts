import { Injectable, type OnModuleInit } from '@nestjs/common';
import { dayAt, instantFromDate, Temporal, type PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { SellerAsked, VolumeNear } from './duties.events.js';
import { Restrictions } from './restrictions.service.js';
import { dueStep } from './seller.rules.js';
import { sellersToAsk } from './seller.queries.js';
import { sellerWhole } from './sellers.service.js';
import { warnable } from './volume.queries.js';

const SWEEP = namedScope('sweep');
const PROVISION = 'Directive 2011/16/EU as amended by 2021/514, Annex V, section IV.A(2)';

/** Once a day: who sells here, whose data are missing for how long, and which volumes come near the limit. */
@Injectable()
export class Rounds implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly sweeps: Sweeps,
    private readonly restrictions: Restrictions,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('duties.round', () => this.run());
  }

  /** The first process of a day does it; what a day missed is caught up with on the next one. */
  async run(): Promise<number> {
    const today = dayAt(this.clock.now(), 'UTC');
    const [first] = await this.db.tx(SWEEP, (tx) =>
      sql(
        tx,
        'INSERT INTO duties.rounds (day, created_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING day',
        [today.toString(), this.now()],
      ),
    );
    if (!first) return 0;
    await this.db.tx(SWEEP, (tx) => this.findSellers(tx));
    let done = await this.db.tx(SWEEP, (tx) => this.warn(tx, today));
    for (const operatorId of await this.db.read(SWEEP, sellersToAsk))
      if (await this.db.tx(SWEEP, (tx) => this.ask(tx, operatorId, today))) done += 1;
    return done;
  }

  private async findSellers(tx: Tx): Promise<void> {
    await sql(
      tx,
      `INSERT INTO duties.sellers (operator_id, network_id, first_supply_day, created_at)
       SELECT space.operator_id, space.network_id, min(record.day), $1
       FROM checkin.pub_visit_records record JOIN directory.pub_spaces space ON space.id = record.host_space_id
       WHERE NOT EXISTS (SELECT FROM duties.sellers known WHERE known.operator_id = space.operator_id)
       GROUP BY space.operator_id, space.network_id ON CONFLICT DO NOTHING`,
      [this.now()],
    );
  }

  /** One letter or one restriction, whichever is due; null when nothing is. */
  private async ask(tx: Tx, operatorId: string, today: PlainDate): Promise<boolean> {
    const seller = await sellerWhole(tx, operatorId);
    if (seller.state !== 'INCOMPLETE') return false;
    const [known] = await sql<{ day: string; asked: Date | null }>(
      tx,
      `SELECT first_supply_day::text AS day,
         (SELECT min(created_at) FROM duties.letters letter WHERE letter.operator_id = $1) AS asked
       FROM duties.sellers WHERE operator_id = $1`,
      [operatorId],
    );
    const step = dueStep(
      Temporal.PlainDate.from(known!.day),
      {
        sent: seller.letters.length,
        requestedOn: known!.asked && dayAt(instantFromDate(known!.asked), 'UTC'),
      },
      today,
    );
    if (step?.is === 'LETTER') await this.write(tx, { operatorId, ...seller }, step.number);
    if (step?.is === 'RESTRICTION')
      await this.restrictions.restrict(tx, {
        id: derivedId(operatorId, `seller data ${today.toString()}`),
        operatorId,
        networkId: seller.networkId,
        reason: 'SELLER_DATA_MISSING',
        facts: seller.missing.join(', '),
        provision: PROVISION,
        by: 'system',
      });
    return step !== null;
  }

  private async write(
    tx: Tx,
    { operatorId, networkId, missing }: { operatorId: string; networkId: string; missing: readonly string[] },
    number: number,
  ): Promise<void> {
    const sent = await sql(
      tx,
      `INSERT INTO duties.letters (operator_id, number, network_id, missing, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING RETURNING number`,
      [operatorId, number, networkId, [...missing], this.now()],
    );
    const cause = { actor: 'system', networkIds: [networkId] };
    if (sent.length > 0) await this.outbox.add(tx, SellerAsked, { operatorId, number }, cause);
  }

  /** Told once in twelve months for each level. */
  private async warn(tx: Tx, today: PlainDate): Promise<number> {
    const due = await warnable(tx, today);
    for (const { networkId, level, minor, unit } of due) {
      await sql(
        tx,
        `INSERT INTO duties.volume_warnings (network_id, level, day, volume_minor, unit, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
        [networkId, level, today.toString(), minor, unit, this.now()],
      );
      const cause = { actor: 'system', networkIds: [networkId] };
      await this.outbox.add(tx, VolumeNear, { networkId, level }, cause);
    }
    return due.length;
  }

  private now(): string {
    return this.clock.now().toString();
  }
}
