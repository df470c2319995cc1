import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Directory, Profiles, type Space, type SpaceProfile } from '../directory/index.js';
import { demand, may, type Actor } from '../identity/index.js';
import { dayAt, instantFromDate, Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope, PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { ExternalIdentityProblems, ProfileVersionProblems } from './data-bank.problems.js';
import { history, type Told } from './profile-history.rules.js';
import type { ExternalIdentityView, ProfileVersionPage, PutExternalIdentity } from './space-record.schema.js';
import type { PutProfileVersion } from './profile-version.input.js';

type Moment = Parameters<typeof instantFromDate>[0];
type ToldRow = { readonly profile: SpaceProfile; readonly writtenBy: string; readonly createdAt: Moment };
type Due = { spaceId: string; validFrom: string; profile: SpaceProfile; writtenBy: string };

const SWEEP = namedScope('sweep');
const DUE = `
  FROM data_bank.announced_profiles profile JOIN directory.pub_spaces space ON space.id = profile.space_id
  WHERE in_force_at IS NULL AND valid_from <= ($1::timestamptz AT TIME ZONE space.time_zone)::date`;

/** What a space says of itself over time, and what it is called elsewhere. */
@Injectable()
export class SpaceRecords implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly profiles: Profiles,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('data_bank.profiles_in_force', () => this.putInForce());
  }

  /** Said once: what others keep as a reference is never changed. */
  async identify(
    actor: Actor,
    spaceId: string,
    scheme: string,
    { value }: PutExternalIdentity,
  ): Promise<ExternalIdentityView> {
    return this.db.tx(actor.scope, async (tx) => {
      const space = await this.written(tx, actor, spaceId);
      try {
        await sql(
          tx,
          `INSERT INTO data_bank.identities (space_id, network_id, scheme, value, declared_by, created_at)
           VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (space_id, scheme) DO NOTHING`,
          [space.id, space.networkId, scheme, value, actor.name, this.clock.now().toString()],
        );
      } catch (error) {
        if (!violates(error, 'identities_one_bearer')) throw error;
        throw ExternalIdentityProblems.taken(
          `Another space is ${value} in ${scheme}. Ask it, or its network.`,
        );
      }
      const [stored] = await sql<{ value: string }>(
        tx,
        'SELECT value FROM data_bank.identities WHERE space_id = $1 AND scheme = $2',
        [space.id, scheme],
      );
      if (stored!.value !== value)
        throw ExternalIdentityProblems.fixed(`In ${scheme} it is ${stored!.value}, and others point to it.`);
      return { spaceId: space.id, scheme, value };
    });
  }

  announce(actor: Actor, spaceId: string, id: string, body: PutProfileVersion): Promise<ProfileVersionPage> {
    return this.db.tx(actor.scope, async (tx) => {
      const space = await this.written(tx, actor, spaceId);
      const known = 'SELECT request_hash AS hash FROM data_bank.announced_profiles WHERE id = $1';
      const [before] = await sql<{ hash: string }>(tx, known, [id]);
      if (before && before.hash !== requestHash(body))
        throw RequestProblems.idReused('This id stands for another profile.');
      const today = dayAt(this.clock.now(), space.timeZone);
      if (!before && Temporal.PlainDate.compare(body.validFrom, today) <= 0)
        throw ProfileVersionProblems.notLater('What holds today is written by PUT /v1/spaces/{id}/profile.');
      try {
        await sql(
          tx,
          `INSERT INTO data_bank.announced_profiles (id, request_hash, space_id, network_id, valid_from, profile,
             written_by, created_at) VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8) ON CONFLICT (id) DO NOTHING`,
          [
            id,
            requestHash(body),
            space.id,
            space.networkId,
            body.validFrom.toString(),
            JSON.stringify(body.profile),
            actor.name,
            this.clock.now().toString(),
          ],
        );
      } catch (error) {
        if (!violates(error, 'announced_profiles_day')) throw error;
        throw ProfileVersionProblems.dayTaken(
          `Something is announced for ${body.validFrom.toString()} already.`,
        );
      }
      return this.versions(tx, actor, space);
    });
  }

  list(visitor: Actor | null, spaceId: string): Promise<ProfileVersionPage> {
    return this.db.read(visitor?.scope ?? PUBLIC_SCOPE, async (on) =>
      this.versions(on, visitor, await this.directory.space(on, spaceId)),
    );
  }

  /** Each space's own day decides. One network after another: a profile is written within its network's reach. */
  private async putInForce(): Promise<number> {
    const now = this.clock.now().toString();
    const networks = await this.db.read(SWEEP, (on) =>
      sql<{ id: string }>(on, `SELECT DISTINCT profile.network_id AS id ${DUE}`, [now]),
    );
    let done = 0;
    for (const { id } of networks) done += await this.putInForceIn(id, now);
    return done;
  }

  private putInForceIn(networkId: string, now: string): Promise<number> {
    return this.db.tx(withNetworks(SWEEP, networkId), async (tx) => {
      const due = await sql<Due>(
        tx,
        `UPDATE data_bank.announced_profiles announced SET in_force_at = $1
         WHERE in_force_at IS NULL AND id IN (SELECT profile.id ${DUE} AND profile.network_id = $2)
         RETURNING space_id AS "spaceId", valid_from::text AS "validFrom", profile,
           written_by AS "writtenBy"`,
        [now, networkId],
      );
      const inOrder = due.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
      for (const { spaceId, profile, writtenBy } of inOrder)
        await this.profiles.write(tx, { id: spaceId, networkId }, profile, writtenBy);
      return due.length;
    });
  }

  private async versions(on: Reader, visitor: Actor | null, space: Space): Promise<ProfileVersionPage> {
    const past = await sql<ToldRow>(
      on,
      `SELECT profile, written_by AS "writtenBy", created_at AS "createdAt" FROM directory.pub_profile_versions
       WHERE space_id = $1 ORDER BY id`,
      [space.id],
    );
    const announced = await sql<ToldRow & { validFrom: string }>(
      on,
      `SELECT profile #- '{gettingIn,contactName}' #- '{gettingIn,phone}' AS profile, written_by AS "writtenBy",
         created_at AS "createdAt", valid_from::text AS "validFrom"
       FROM data_bank.announced_profiles WHERE space_id = $1 AND in_force_at IS NULL ORDER BY valid_from`,
      [space.id],
    );
    const told: Told[] = [
      ...past.map((row) => {
        const day = dayAt(instantFromDate(row.createdAt), space.timeZone).toString();
        return { ...row, day, writtenAt: instantFromDate(row.createdAt).toString(), isAnnounced: false };
      }),
      ...announced.map((row) => {
        return {
          ...row,
          day: row.validFrom,
          writtenAt: instantFromDate(row.createdAt).toString(),
          isAnnounced: true,
        };
      }),
    ];
    const isOwn = visitor !== null && may(visitor, 'spaces:write', at(space));
    const items = history(told).map((version) => (isOwn ? version : { ...version, writtenBy: null }));
    return { items, next: null };
  }

  private async written(on: Reader, actor: Actor, spaceId: string): Promise<Space> {
    const space = await this.directory.space(on, spaceId);
    demand(actor, 'spaces:write', at(space));
    return space;
  }
}

function at({ operatorId, networkId }: Space): { organisationId: string; networkId: string } {
  return { organisationId: operatorId, networkId };
}
