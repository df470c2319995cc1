import { Injectable } from '@nestjs/common';
import { demand, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import { SellerRestricted } from './duties.events.js';
import { RestrictionProblems } from './duties.problems.js';
import type { PutRestriction, RestrictionPage, RestrictionView, SellerQuery } from './duties.schema.js';
import { restrictionById, restrictionsOf } from './seller.queries.js';
import { lift, Sellers } from './sellers.service.js';

export type NewRestriction = Omit<PutRestriction, 'operatorId'> & {
  readonly id: string;
  readonly operatorId: string;
  readonly networkId: string;
  readonly by: string;
};

/** A seller is restricted for a reason, with the facts and the provision, and is told so in the same words. */
@Injectable()
export class Restrictions {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly sellers: Sellers,
  ) {}

  async put(actor: Actor, id: string, body: PutRestriction): Promise<RestrictionView> {
    const networkId = await this.sellers.networkOf(actor, body.operatorId, 'windows:read');
    demand(actor, 'payments:write', { organisationId: networkId, networkId });
    return this.db.tx(withNetworks(actor.scope, networkId), async (tx) => {
      await this.restrict(tx, { ...body, id, networkId, by: actor.name });
      const stored = (await restrictionById(tx, id))!;
      if (stored.hash !== requestHash(body))
        throw RequestProblems.idReused('A restriction stays what it is: lift it, and make another.');
      return stored.view;
    });
  }

  async list(actor: Actor, query: SellerQuery): Promise<RestrictionPage> {
    const networkId =
      'networkId' in query
        ? query.networkId
        : await this.sellers.networkOf(actor, query.operatorId, 'documents:read');
    if ('networkId' in query) demand(actor, 'documents:read', { organisationId: networkId, networkId });
    const items = await this.db.read(withNetworks(actor.scope, networkId), (on) => restrictionsOf(on, query));
    return { items, next: null };
  }

  /** What was said stays; the seller is free again. */
  async lift(actor: Actor, id: string): Promise<RestrictionView> {
    return this.db.tx(actor.scope, async (tx) => {
      const restriction = await restrictionById(tx, id);
      if (!restriction)
        throw RestrictionProblems.notFound('Those of your network are in GET /v1/seller-restrictions.');
      const { networkId } = restriction;
      demand(actor, 'payments:write', { organisationId: networkId, networkId });
      await lift(tx, id, { networkId, by: actor.name, now: this.clock.now().toString() });
      return (await restrictionById(tx, id))!.view;
    });
  }

  /** The same id again changes nothing, and tells nobody again. */
  async restrict(tx: Tx, { id, networkId, by, ...body }: NewRestriction): Promise<void> {
    const { operatorId, reason, facts, provision } = body;
    const written = await sql(
      tx,
      `INSERT INTO duties.restrictions (id, operator_id, network_id, reason, facts, provision, decided_by,
         request_hash, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [
        id,
        operatorId,
        networkId,
        reason,
        facts,
        provision,
        by,
        requestHash({ operatorId, reason, facts, provision }),
        this.clock.now().toString(),
      ],
    );
    if (written.length > 0)
      await this.outbox.add(
        tx,
        SellerRestricted,
        { restrictionId: id },
        { actor: by, networkIds: [networkId] },
      );
  }
}
