import { Injectable } from '@nestjs/common';
import { demand, Identity, may, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { SpaceHoursChanged } from './directory.events.js';
import { NetworkProblems, SpaceProblems } from './directory.problems.js';
import { findPools, findProfile, findSpace } from './directory.queries.js';
import type { PutSpace, SpaceView } from './directory.schema.js';
import { openingHoursFault } from './opening-hours.rules.js';
import type { Space } from './space.js';
import { spaceView } from './space.views.js';
import { Territories } from './territories.service.js';

/** Declares spaces and changes what is said about them. A space stays with its operator. */
@Injectable()
export class Spaces {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly identity: Identity,
    private readonly outbox: Outbox,
    private readonly territories: Territories,
  ) {}

  async put(actor: Actor, id: string, body: PutSpace): Promise<SpaceView> {
    refuseHours(body.openingHours);
    const { networkId } = await this.db.read(actor.scope, (on) =>
      this.identity.organisation(on, body.operatorId),
    );
    if (!networkId)
      throw NetworkProblems.notFound('The operator of a space belongs to a network. This one has none.');
    return this.db.tx(withNetworks(actor.scope, networkId), async (tx) => {
      const earlier = await findSpace(tx, id);
      if (earlier) demandSpace(actor, earlier);
      if (earlier && earlier.operatorId !== body.operatorId)
        throw RequestProblems.idReused('This id is a space of another operator. Make a new id.');
      demand(actor, 'spaces:write', { organisationId: body.operatorId, networkId });
      const territoryCode = body.territoryCode ?? (await this.territories.at(tx, body.lat, body.lon));
      await this.write(tx, { id, networkId, territoryCode }, body);
      const space = await this.find(tx, id);
      if (!earlier || hoursDiffer(earlier, space)) await this.announceHours(tx, actor, space);
      return this.view(tx, space);
    });
  }

  get(visitor: Actor | null, id: string): Promise<SpaceView> {
    return this.db.read(PUBLIC_SCOPE, async (on) => this.view(on, await this.visible(on, visitor, id)));
  }

  /** A hidden space is there for its network only. */
  async visible(on: Reader, visitor: Actor | null, id: string): Promise<Space> {
    const space = await this.find(on, id);
    const isThere = space.visibility === 'public' || (visitor !== null && reaches(visitor, space));
    if (!isThere) throw spaceNotFound(id);
    return space;
  }

  async view(on: Reader, space: Space): Promise<SpaceView> {
    return spaceView(space, await findPools(on, space.id), await findProfile(on, space.id));
  }

  /** The space, for somebody who changes something in it. */
  async writable(on: Reader, actor: Actor, id: string): Promise<Space> {
    const space = await this.find(on, id);
    demandSpace(actor, space);
    return space;
  }

  async announceHours(tx: Tx, actor: Actor, space: Space): Promise<void> {
    const cause = { actor: actor.name, networkIds: [space.networkId] };
    await this.outbox.add(tx, SpaceHoursChanged, { spaceId: space.id }, cause);
  }

  private async find(on: Reader, id: string): Promise<Space> {
    const space = await findSpace(on, id);
    if (!space) throw spaceNotFound(id);
    return space;
  }

  private async write(
    tx: Tx,
    { id, networkId, territoryCode }: Pick<Space, 'id' | 'networkId' | 'territoryCode'>,
    body: PutSpace,
  ): Promise<void> {
    const { operatorId, name, city, country, timeZone, lat, lon, openingHours, unit, visibility } = body;
    const now = this.clock.now().toString();
    const whereItIs = [id, networkId, operatorId, name, city, country, timeZone, territoryCode, lat, lon];
    const howItWorks = [openingHours, body.closesOnHolidays, body.halfDayBoundary, unit, visibility, now];
    const parties = await sql(
      tx,
      `INSERT INTO directory.parties (id, kind, network_id, name, country, unit, settlement_profile, created_at)
       SELECT $1, 'space', network.id, $3, $4, $5, $6, $7 FROM directory.networks network WHERE network.id = $2
       ON CONFLICT (id) DO UPDATE SET name = $3, country = $4, unit = $5, settlement_profile = $6
       RETURNING id`,
      [id, networkId, name, country, unit, body.settlementProfile, now],
    );
    if (parties.length === 0)
      throw NetworkProblems.notFound(
        'The network of this operator has no currency yet: PUT /v1/networks first.',
      );
    await sql(
      tx,
      `INSERT INTO directory.spaces (id, network_id, operator_id, name, city, country, time_zone, territory_code,
         lat, lon, opening_hours, closes_on_holidays, half_day_boundary, unit, visibility, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
       ON CONFLICT (id) DO UPDATE SET name = $4, city = $5, country = $6, time_zone = $7, territory_code = $8,
         lat = $9, lon = $10, opening_hours = $11, closes_on_holidays = $12, half_day_boundary = $13, unit = $14,
         visibility = $15`,
      [...whereItIs, ...howItWorks],
    );
  }
}

export function refuseHours(text: string): void {
  const fault = openingHoursFault(text);
  if (fault)
    throw RequestProblems.invalid('One or more fields are not valid.', {
      errors: [{ pointer: '/openingHours', detail: fault }],
    });
}

/** Another network's space is not there; one of the own network that is somebody else's is not allowed. */
function demandSpace(actor: Actor, space: Space): void {
  const at = { organisationId: space.operatorId, networkId: space.networkId };
  if (!may(actor, 'spaces:write', at) && !reaches(actor, space)) throw spaceNotFound(space.id);
  demand(actor, 'spaces:write', at);
}

function reaches(actor: Actor, space: Space): boolean {
  return actor.scope.networks.includes(space.networkId);
}

function spaceNotFound(id: string) {
  return SpaceProblems.notFound(`There is no space ${id}. Look it up in GET /v1/spaces.`);
}

function hoursDiffer(a: Space, b: Space): boolean {
  const keys = ['openingHours', 'closesOnHolidays', 'timeZone', 'country', 'territoryCode'] as const;
  return keys.some((key) => a[key] !== b[key]);
}
