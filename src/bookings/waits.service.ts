import { Injectable } from '@nestjs/common';
import { Directory, type Pool, type Space } from '../directory/index.js';
import { demand, demandPerson, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { BookingProblems } from './booking.problems.js';
import { demandStaff } from './known-bookings.js';
import { Offers } from './offers.js';
import { WaitProblems } from './wait.problems.js';
import {
  idReused,
  insertWait,
  lineAt,
  lockSeats,
  positionsOf,
  refuseBooked,
  waitedBefore,
  waitNotFound,
  waitOf,
  waitsOfPerson,
} from './wait.queries.js';
import type { LinePage, LineQuery, PutWait, WaitTerms } from './wait.schema.js';
import type { Wait } from './wait.js';
import { waitTerms } from './wait-terms.js';

/** A wait as its person sees it. */
export type InLine = { readonly wait: Wait; readonly space: Space; readonly position: number | null };
type Wanted = { readonly space: Space; readonly pools: readonly Pool[]; readonly poolId: string | null };

/** Lines for seats that are taken. */
@Injectable()
export class Waits {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly offers: Offers,
  ) {}

  /** Only where no seat is left, and only who could book one. */
  async join(actor: Actor, id: string, body: PutWait): Promise<InLine> {
    const personId = demandPerson(actor);
    const asked = { id, personId, requestHash: requestHash(body) };
    const known = await this.db.read(actor.scope, (on) => waitedBefore(on, asked));
    if (known) return this.tell(actor, known);
    const { space, pools, poolId } = await this.wanted(body);
    const { day, part } = body;
    const [{ id: onePool, resourceKind }] = pools as [Pool];
    await this.offers.prepare({ poolId: onePool, day });
    await this.offers.prepareKind(space, resourceKind, day);
    const wait = await this.db.tx(withNetworks(actor.scope, space.networkId), async (tx) => {
      await refuseBooked(tx, { personId, spaceId: space.id, day });
      const like = { poolId: onePool, day, part, personId, evenIfFull: true };
      const { homeNetworkId, endsAt } = await this.offers.within(tx, like);
      const isFree = await lockSeats(tx, { poolIds: pools.map((pool) => pool.id), day, part });
      const before = await waitedBefore(tx, asked); // its twin was faster
      if (before) return before;
      if (isFree) throw WaitProblems.notFull('A seat is free. Book it instead of waiting.');
      const at = { spaceId: space.id, hostNetworkId: space.networkId, homeNetworkId };
      const made = { ...asked, ...at, resourceKind, poolId, day, part, endsAt };
      const inserted = await insertWait(tx, made, this.clock.now());
      if (!inserted) throw idReused(); // somebody else's, which this scope does not see
      return inserted;
    });
    return this.tell(actor, wait);
  }

  /** Newest first. */
  async list(actor: Actor): Promise<InLine[]> {
    const personId = demandPerson(actor);
    const waits = await this.db.read(actor.scope, (on) => waitsOfPerson(on, personId));
    return this.tellAll(actor, waits);
  }

  async get(actor: Actor, id: string): Promise<InLine> {
    return this.tell(actor, await this.own(actor, id));
  }

  line(actor: Actor, spaceId: string, query: LineQuery): Promise<LinePage['items']> {
    return this.db.read(actor.scope, async (on) => {
      demandStaff(actor, await this.directory.space(on, spaceId));
      return lineAt(on, spaceId, query);
    });
  }

  terms(spaceId: string): Promise<WaitTerms> {
    return this.db.read(PUBLIC_SCOPE, async (on) => {
      await this.directory.space(on, spaceId);
      return waitTerms(on, spaceId);
    });
  }

  /** For offers from now on. */
  async putTerms(actor: Actor, spaceId: string, terms: WaitTerms): Promise<WaitTerms> {
    const space = await this.db.read(PUBLIC_SCOPE, (on) => this.directory.space(on, spaceId));
    demand(actor, 'spaces:write', { organisationId: space.operatorId, networkId: space.networkId });
    const values = [spaceId, space.networkId, terms.answerMinutes, actor.name, this.clock.now().toString()];
    await this.db.tx(withNetworks(actor.scope, space.networkId), (tx) => sql(tx, UPSERT_TERMS, values));
    return terms;
  }

  private wanted(body: PutWait): Promise<Wanted> {
    return this.db.read(PUBLIC_SCOPE, async (on) => {
      if ('poolId' in body) {
        const pool = await this.directory.pool(on, body.poolId);
        return { space: await this.directory.space(on, pool.spaceId), pools: [pool], poolId: pool.id };
      }
      const space = await this.directory.space(on, body.spaceId);
      const all = await this.directory.poolsOf(on, space.id);
      const pools = all.filter((pool) => pool.resourceKind === body.resourceKind);
      if (pools.length > 0) return { space, pools, poolId: null };
      throw BookingProblems.noPool(`The space has no ${body.resourceKind}. Wait for another kind.`);
    });
  }

  /** Nobody else's. */
  async own(actor: Actor, id: string): Promise<Wait> {
    const personId = demandPerson(actor);
    const wait = await this.db.read(actor.scope, (on) => waitOf(on, id));
    if (wait.personId !== personId) throw waitNotFound(id);
    return wait;
  }

  private async tell(actor: Actor, wait: Wait): Promise<InLine> {
    const [told] = await this.tellAll(actor, [wait]);
    return told!;
  }

  /** A position is counted among others, who are told of in no other way. */
  private tellAll(actor: Actor, waits: readonly Wait[]): Promise<InLine[]> {
    const hosts = waits.map(({ hostNetworkId }) => hostNetworkId);
    return this.db.read(withNetworks(actor.scope, ...hosts), async (on) => {
      const positions = await positionsOf(
        on,
        waits.map(({ id }) => id),
      );
      const spaces = await this.spacesOf(on, waits);
      return waits.map((wait) => ({
        wait,
        space: spaces.get(wait.spaceId)!,
        position: positions.get(wait.id) ?? null,
      }));
    });
  }

  private async spacesOf(on: Reader, waits: readonly Wait[]): Promise<Map<string, Space>> {
    const spaces = new Map<string, Space>();
    for (const spaceId of new Set(waits.map((wait) => wait.spaceId)))
      spaces.set(spaceId, await this.directory.space(on, spaceId));
    return spaces;
  }
}

const UPSERT_TERMS = `
  INSERT INTO bookings.wait_terms (space_id, network_id, answer_minutes, written_by, updated_at, created_at)
  VALUES ($1, $2, $3, $4, $5, $5)
  ON CONFLICT (space_id) DO UPDATE SET answer_minutes = excluded.answer_minutes, written_by = excluded.written_by,
    updated_at = excluded.updated_at`;
