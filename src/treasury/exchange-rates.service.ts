import { Injectable } from '@nestjs/common';
import { demand, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { atNetwork, FourEyes } from './four-eyes.service.js';
import { ApprovalProblems } from './treasury.problems.js';
import type { ExchangeRatePage, ExchangeRateView, PutExchangeRate } from './treasury.schema.js';

const CLEARING = namedScope('clearing');

/** Rates of a day that a network enters by hand. One writes, another signs; before that nothing uses them. */
@Injectable()
export class ExchangeRates {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly fourEyes: FourEyes,
  ) {}

  async put(actor: Actor, id: string, body: PutExchangeRate): Promise<ExchangeRateView> {
    const { networkId, day, quote, rate, source } = body;
    demand(actor, 'windows:write', atNetwork(networkId));
    const subject = `${day.toString()} EUR/${quote} ${rate}`;
    await this.db.tx(CLEARING, async (tx) => {
      await this.fourEyes.add(tx, id, { networkId, act: 'RATE', subject, note: source }, actor.name);
      await sql(
        tx,
        `INSERT INTO treasury.exchange_rates (id, network_id, day, quote, rate, source, written_by, request_hash,
           created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
        [
          id,
          networkId,
          day.toString(),
          quote,
          rate,
          source,
          actor.name,
          requestHash(body),
          this.clock.now().toString(),
        ],
      );
    });
    return this.db.read(CLEARING, async (on) => (await rates(on, 'rate.id', id))[0]!);
  }

  async approve(actor: Actor, id: string): Promise<ExchangeRateView> {
    const [found] = await this.db.read(CLEARING, (on) => rates(on, 'rate.id', id));
    if (!found) throw ApprovalProblems.notFound('Check the id; your networks have no such rate.');
    demand(actor, 'windows:write', atNetwork(found.networkId));
    await this.db.tx(CLEARING, (tx) => this.fourEyes.sign(tx, id, actor.name));
    return this.db.read(CLEARING, async (on) => (await rates(on, 'rate.id', id))[0]!);
  }

  list(actor: Actor, networkId: string): Promise<ExchangeRatePage> {
    demand(actor, 'windows:read', atNetwork(networkId));
    return this.db.read(CLEARING, async (on) => ({
      items: await rates(on, 'rate.network_id', networkId),
      next: null,
    }));
  }
}

function rates(
  on: Reader,
  column: 'rate.id' | 'rate.network_id',
  value: string,
): Promise<ExchangeRateView[]> {
  return sql<ExchangeRateView>(
    on,
    `SELECT rate.id, rate.network_id AS "networkId", day::text AS day, quote, rate::text AS rate, source,
       written_by AS "proposedBy", signed_by AS "approvedBy"
     FROM treasury.exchange_rates rate LEFT JOIN treasury.signatures ON approval_id = rate.id
     WHERE ${column} = $1 ORDER BY day DESC, rate.id DESC`,
    [value],
  );
}
