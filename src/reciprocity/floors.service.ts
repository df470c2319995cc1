import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, type Actor } from '../identity/index.js';
import type { Unit } from '../kernel/money.js';
import { instantFromDate } from '../kernel/time.js';
import { amountToWire } from '../kernel/wire.js';
import type { ResourceKind } from '../kernel/words.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import type { PriceFloorPage, PriceFloorView, PutPriceFloor } from './floor.schema.js';
import { FloorProblems } from './reciprocity.problems.js';

/** A host's own word, which no agreement written after it may go under. */
@Injectable()
export class Floors {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  async put(actor: Actor, id: string, body: PutPriceFloor): Promise<PriceFloorView> {
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, body.hostSpaceId));
    demand(actor, 'spaces:write', { organisationId: space.operatorId, networkId: space.networkId });
    const { unit, minor } = body.floorPerHalfDay;
    if (unit !== space.unit)
      throw FloorProblems.wrongUnit(`${space.name} is paid in ${space.unit}: give its floor in it.`);
    const hash = requestHash(body);
    return this.db.tx(withNetworks(actor.scope, space.networkId), async (tx) => {
      try {
        await sql(
          tx,
          `INSERT INTO reciprocity.floors (id, host_space_id, host_network_id, resource_kind, floor_minor, unit,
             from_day, declared_by, request_hash, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
          [
            id,
            space.id,
            space.networkId,
            body.resourceKind,
            minor,
            unit,
            body.fromDay.toString(),
            actor.name,
            hash,
            this.clock.now().toString(),
          ],
        );
      } catch (error) {
        if (!violates(error, 'floors_host_space_id_resource_kind_from_day_key')) throw error;
        throw FloorProblems.dayTaken('Let the new floor begin on another day.');
      }
      const stored = (await floors(tx, 'id', id))[0];
      if (stored?.requestHash !== hash)
        throw RequestProblems.idReused('This id stands for another floor: make a new one.');
      return floorView(stored);
    });
  }

  list(actor: Actor, hostSpaceId: string): Promise<PriceFloorPage> {
    return this.db.read(actor.scope, async (on) => {
      const { id } = await this.directory.space(on, hostSpaceId);
      return { items: (await floors(on, 'host_space_id', id)).map(floorView), next: null };
    });
  }
}

type FloorRow = {
  id: string;
  hostSpaceId: string;
  resourceKind: ResourceKind;
  minor: string;
  unit: Unit;
  fromDay: string;
  requestHash: string;
  createdAt: Parameters<typeof instantFromDate>[0];
};

function floors(on: Reader, column: 'id' | 'host_space_id', value: string): Promise<FloorRow[]> {
  return sql<FloorRow>(
    on,
    `SELECT id, host_space_id AS "hostSpaceId", resource_kind AS "resourceKind", floor_minor AS minor, unit,
       from_day::text AS "fromDay", request_hash AS "requestHash", created_at AS "createdAt"
     FROM reciprocity.floors WHERE ${column} = $1 ORDER BY resource_kind, from_day`,
    [value],
  );
}

function floorView({ id, hostSpaceId, resourceKind, minor, unit, fromDay, createdAt }: FloorRow) {
  return {
    id,
    hostSpaceId,
    resourceKind,
    floorPerHalfDay: amountToWire({ unit, minor: BigInt(minor) }),
    fromDay,
    declaredAt: instantFromDate(createdAt).toString(),
  };
}
