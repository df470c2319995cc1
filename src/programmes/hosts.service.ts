import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import type {
  HostFactPage,
  HostFactView,
  PutHostFact,
  PutReservedPool,
  ReservedPoolView,
} from './agent.schema.js';

/** What a place says about itself to programmes: a public building, a canteen, desks kept for agents. */
@Injectable()
export class ProgrammeHosts {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  async putFact(actor: Actor, id: string, body: PutHostFact): Promise<HostFactView> {
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, body.spaceId));
    const { networkId, operatorId } = space;
    demand(actor, 'spaces:write', { organisationId: operatorId, networkId });
    const hash = requestHash(body);
    return this.db.tx(withNetworks(actor.scope, networkId), async (tx) => {
      try {
        await sql(
          tx,
          `INSERT INTO programmes.host_facts (id, request_hash, space_id, network_id, from_day, is_public_host,
             has_subsidised_canteen, is_rural, declared_by, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
          [
            id,
            hash,
            space.id,
            networkId,
            body.fromDay.toString(),
            body.isPublicHost,
            body.hasSubsidisedCanteen,
            body.isRural,
            actor.name,
            this.clock.now().toString(),
          ],
        );
      } catch (error) {
        if (!violates(error, 'one_fact_a_day')) throw error;
        throw RequestProblems.idReused('Something else was declared from that day on.');
      }
      const [fact] = await factsOf(tx, 'id = $1 AND request_hash = $2', [id, hash]);
      if (!fact) throw RequestProblems.idReused('What was declared stays. Declare from another day on.');
      return fact;
    });
  }

  facts(actor: Actor, spaceId: string): Promise<HostFactPage> {
    return this.db.read(actor.scope, async (on) => ({
      items: await factsOf(on, 'space_id = $1', [spaceId]),
      next: null,
    }));
  }

  async reserve(actor: Actor, poolId: string, body: PutReservedPool): Promise<ReservedPoolView> {
    const { pool, space } = await this.db.read(actor.scope, async (on) => {
      const found = await this.directory.pool(on, poolId);
      return { pool: found, space: await this.directory.space(on, found.spaceId) };
    });
    const { networkId, operatorId } = space;
    demand(actor, 'spaces:write', { organisationId: operatorId, networkId });
    return this.db.tx(withNetworks(actor.scope, networkId), async (tx) => {
      await sql(
        tx,
        `INSERT INTO programmes.reserved_pools (pool_id, space_id, network_id, release_days_before, release_time,
           declared_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (pool_id) DO NOTHING`,
        [
          pool.id,
          space.id,
          networkId,
          body.releaseDaysBefore,
          body.releaseTime,
          actor.name,
          this.clock.now().toString(),
        ],
      );
      const [stored] = await sql<ReservedPoolView>(
        tx,
        `SELECT pool_id AS "poolId", space_id AS "spaceId", release_days_before::int AS "releaseDaysBefore",
           to_char(release_time, 'HH24:MI') AS "releaseTime" FROM programmes.reserved_pools WHERE pool_id = $1`,
        [pool.id],
      );
      const { releaseDaysBefore, releaseTime } = stored!;
      if (releaseDaysBefore !== body.releaseDaysBefore || releaseTime !== body.releaseTime)
        throw RequestProblems.idReused('The pool is reserved already, until another time.');
      return stored!;
    });
  }
}

function factsOf(on: Reader, where: string, values: unknown[]): Promise<HostFactView[]> {
  return sql<HostFactView>(
    on,
    `SELECT id, space_id AS "spaceId", from_day::text AS "fromDay", is_public_host AS "isPublicHost",
       has_subsidised_canteen AS "hasSubsidisedCanteen", is_rural AS "isRural"
     FROM programmes.host_facts WHERE ${where} ORDER BY from_day DESC`,
    values,
  );
}
