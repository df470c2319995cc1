import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, may, type Actor } from '../identity/index.js';
import { amount, type Unit } from '../kernel/money.js';
import { instantFromDate } from '../kernel/time.js';
import { amountToWire } from '../kernel/wire.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { PUBLIC_SCOPE } from '../platform/scope.js';
import { SPACE_JSON } from './cross-services.service.js';
import { InitiativeProblems } from './encounters.problems.js';
import type {
  InitiativePage,
  InitiativeView,
  PutInitiative,
  PutInitiativePartner,
} from './together.schema.js';

type Row = Omit<InitiativeView, 'budget' | 'publishedAt' | 'state'> & {
  readonly unit: Unit;
  readonly minor: string;
  readonly publishedAt: Parameters<typeof instantFromDate>[0] | null;
  readonly requestHash: string;
};

/** What spaces of several countries undertake together. */
@Injectable()
export class Initiatives {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  put(actor: Actor, id: string, body: PutInitiative): Promise<InitiativeView> {
    demand(actor, 'encounters:write', ofNetwork(body.networkId));
    return this.db.tx(actor.scope, async (tx) => {
      await sql(
        tx,
        `INSERT INTO encounters.initiatives (id, request_hash, network_id, title, summary, from_day, until_day, unit,
           budget_minor, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING`,
        [
          id,
          requestHash(body),
          body.networkId,
          body.title,
          body.summary,
          body.fromDay.toString(),
          body.untilDay.toString(),
          body.budget.unit,
          body.budget.minor,
          actor.name,
          this.clock.now().toString(),
        ],
      );
      const stored = await this.found(tx, id);
      if (stored.requestHash !== requestHash(body))
        throw RequestProblems.idReused('This id stands for another initiative.');
      return initiativeView(stored);
    });
  }

  /** By the space itself: nobody is made a partner. */
  join(
    actor: Actor,
    id: string,
    spaceId: string,
    { bringsMinor }: PutInitiativePartner,
  ): Promise<InitiativeView> {
    return this.db.tx(actor.scope, async (tx) => {
      await this.found(tx, id);
      const space = await this.directory.space(tx, spaceId);
      demand(actor, 'spaces:write', { organisationId: space.operatorId, networkId: space.networkId });
      await sql(
        tx,
        `INSERT INTO encounters.initiative_partners (initiative_id, space_id, network_id, country, brings_minor,
           joined_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (initiative_id, space_id) DO NOTHING`,
        [id, space.id, space.networkId, space.country, bringsMinor, actor.name, this.clock.now().toString()],
      );
      const joined = await this.found(tx, id);
      if (joined.partners.find((partner) => partner.space.id === spaceId)?.bringsMinor !== bringsMinor)
        throw InitiativeProblems.joinedOtherwise('What a partner brings is not changed: agree on it anew.');
      return initiativeView(joined);
    });
  }

  publish(actor: Actor, id: string): Promise<InitiativeView> {
    return this.db.tx(actor.scope, async (tx) => {
      const initiative = await this.found(tx, id);
      demand(actor, 'encounters:write', ofNetwork(initiative.networkId));
      try {
        await sql(
          tx,
          `INSERT INTO encounters.initiative_publications (initiative_id, network_id, published_by, created_at)
           VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
          [id, initiative.networkId, actor.name, this.clock.now().toString()],
        );
      } catch (error) {
        if (!violates(error, 'initiative_publications_wide')) throw error;
        throw InitiativeProblems.tooNarrow('Let a space of another country join first.');
      }
      return initiativeView(await this.found(tx, id));
    });
  }

  /** Those that are published; whoever leads a network sees what it prepares as well. */
  list(visitor: Actor | null): Promise<InitiativePage> {
    return this.db.read(PUBLIC_SCOPE, async (on) => {
      const rows = await sql<Row>(on, `${INITIATIVE} ORDER BY from_day DESC, initiative.id`);
      const shown = rows.filter(
        ({ publishedAt, networkId }) =>
          publishedAt !== null || (visitor !== null && may(visitor, 'places:read', { networkId })),
      );
      return { items: shown.map(initiativeView), next: null };
    });
  }

  private async found(on: Reader, id: string): Promise<Row> {
    const [row] = await sql<Row>(on, `${INITIATIVE} WHERE initiative.id = $1`, [id]);
    if (!row) throw InitiativeProblems.notFound('Look it up in GET /v1/initiatives.');
    return row;
  }
}

const INITIATIVE = `
  SELECT initiative.id, initiative.network_id AS "networkId", title, summary, from_day::text AS "fromDay",
    until_day::text AS "untilDay", unit, budget_minor::text AS minor, publication.created_at AS "publishedAt",
    request_hash AS "requestHash",
    coalesce((SELECT json_agg(json_build_object('space', ${SPACE_JSON('space')}, 'bringsMinor', brings_minor)
        ORDER BY space.name)
      FROM encounters.initiative_partners partner JOIN directory.pub_spaces space ON space.id = partner.space_id
      WHERE initiative_id = initiative.id), '[]') AS partners,
    (SELECT count(*)::int FROM encounters.encounters WHERE initiative_id = initiative.id) AS encounters
  FROM encounters.initiatives initiative
  LEFT JOIN encounters.initiative_publications publication ON publication.initiative_id = initiative.id`;

function initiativeView({ requestHash: _hash, unit, minor, publishedAt, ...view }: Row): InitiativeView {
  return {
    ...view,
    budget: amountToWire(amount(unit, BigInt(minor))),
    state: publishedAt === null ? 'PREPARED' : 'PUBLISHED',
    publishedAt: publishedAt && instantFromDate(publishedAt).toString(),
  };
}

function ofNetwork(networkId: string): { organisationId: string; networkId: string } {
  return { organisationId: networkId, networkId };
}
