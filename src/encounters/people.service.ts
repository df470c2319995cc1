import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import { demand, demandPerson, Identity, may, type Actor } from '../identity/index.js';
import { dayAt, instantFromDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, sqlState, violates, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope, PUBLIC_SCOPE } from '../platform/scope.js';
import { IntroductionProblems, SharingProblems, WelcomeProblems } from './encounters.problems.js';
import {
  comersAt,
  introductionsOf,
  sharingOf,
  sharingsOf,
  sharingView,
  type Introduced,
} from './people.queries.js';
import type {
  ComerPage,
  IntroductionMadeView,
  IntroductionPage,
  IntroductionView,
  PutIntroduction,
  PutIntroductionOutcome,
  PutSharing,
  PutWelcome,
  SharingPage,
  SharingView,
  WelcomeView,
} from './people.schema.js';

const CATALOGUE = namedScope('catalogue');

/** Who comes, when they want it known; and whom a facilitator brings together. */
@Injectable()
export class People {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly identity: Identity,
  ) {}

  async share(actor: Actor, id: string, body: PutSharing): Promise<SharingView> {
    const personId = demandPerson(actor);
    return this.db.tx(actor.scope, async (tx) => {
      const space = await this.directory.space(tx, body.spaceId);
      const known = await sharingOf(tx, id, personId);
      if (known && known.requestHash !== requestHash(body))
        throw RequestProblems.idReused('This id stands for another stay.');
      if (!known) await this.addSharing(tx, { id, personId, space, body });
      return sharingView((await sharingOf(tx, id, personId))!);
    });
  }

  /** At once: whoever looks a moment later sees nothing. */
  withdraw(actor: Actor, id: string): Promise<SharingView> {
    const personId = demandPerson(actor);
    return this.db.tx(actor.scope, async (tx) => {
      await sql(
        tx,
        `UPDATE encounters.sharings SET withdrawn_at = $3, skills = '' WHERE id = $1 AND person_id = $2
           AND withdrawn_at IS NULL`,
        [id, personId, this.clock.now().toString()],
      );
      const sharing = await sharingOf(tx, id, personId);
      if (!sharing) throw SharingProblems.notFound('See what you share: GET /v1/sharings.');
      return sharingView(sharing);
    });
  }

  mine(actor: Actor): Promise<SharingPage> {
    const personId = demandPerson(actor);
    return this.db.read(actor.scope, async (on) => ({
      items: (await sharingsOf(on, personId)).map(sharingView),
      next: null,
    }));
  }

  /** To whoever facilitates there, and to those who come on the same days and said so. */
  async comers(actor: Actor, spaceId: string): Promise<ComerPage> {
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, spaceId));
    const today = dayAt(this.clock.now(), space.timeZone).toString();
    return this.db.read(CATALOGUE, async (on) => {
      const leads = may(actor, 'encounters:write', at(space));
      const found = await comersAt(on, { spaceId, today, companyOf: leads ? null : actor.personId });
      const isOne = found.some(({ personId }) => personId === actor.personId);
      if (!leads && !isOne) throw SharingProblems.notShared('Say that you come, and see who else does.');
      const names = await this.namesOf(found.map(({ personId }) => personId));
      const items = found.map(({ personId, ...comer }) => ({
        ...comer,
        firstName: names.get(personId) ?? '',
        isMe: personId === actor.personId,
      }));
      return { items, next: null };
    });
  }

  async introduce(actor: Actor, id: string, body: PutIntroduction): Promise<IntroductionMadeView> {
    return this.db.tx(CATALOGUE, async (tx) => {
      const [space] = await sql<{ id: string; networkId: string; operatorId: string }>(
        tx,
        `SELECT space.id, space.network_id AS "networkId", space.operator_id AS "operatorId"
         FROM encounters.sharings one JOIN encounters.sharings other USING (space_id)
         JOIN directory.pub_spaces space ON space.id = one.space_id
         WHERE one.id = $1 AND other.id = $2 AND one.person_id <> other.person_id
           AND one.withdrawn_at IS NULL AND other.withdrawn_at IS NULL
           AND daterange(one.from_day, one.until_day, '[]') && daterange(other.from_day, other.until_day, '[]')`,
        [body.oneSharingId, body.otherSharingId],
      );
      if (!space) throw IntroductionProblems.notShared('See who comes: GET /v1/comers.');
      demand(actor, 'encounters:write', { organisationId: space.operatorId, networkId: space.networkId });
      const now = this.clock.now();
      try {
        await sql(
          tx,
          `INSERT INTO encounters.introductions (id, request_hash, space_id, network_id, one_id, other_id, note,
             introduced_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING`,
          [
            id,
            requestHash(body),
            space.id,
            space.networkId,
            body.oneSharingId,
            body.otherSharingId,
            body.note,
            actor.name,
            now.toString(),
          ],
        );
      } catch (error) {
        if (!violates(error, 'introductions_once')) throw error;
        throw IntroductionProblems.madeAlready('One introduction is enough.');
      }
      const [stored] = await sql<{ hash: string; at: Parameters<typeof instantFromDate>[0] }>(
        tx,
        'SELECT request_hash AS hash, created_at AS at FROM encounters.introductions WHERE id = $1',
        [id],
      );
      if (stored!.hash !== requestHash(body))
        throw RequestProblems.idReused('This id stands for another introduction.');
      return { id, introducedAt: instantFromDate(stored!.at).toString() };
    });
  }

  async introductions(actor: Actor): Promise<IntroductionPage> {
    const personId = demandPerson(actor);
    const found = await this.db.read(CATALOGUE, (on) => introductionsOf(on, personId));
    const names = await this.namesOf(found.flatMap(({ otherId }) => otherId ?? []));
    return { items: found.map((row) => introductionView(row, names)), next: null };
  }

  /** What came of it, said by each of the two. */
  async tellOutcome(
    actor: Actor,
    id: string,
    { outcome }: PutIntroductionOutcome,
  ): Promise<IntroductionView> {
    const personId = demandPerson(actor);
    const now = this.clock.now().toString();
    const row = await this.db.tx(CATALOGUE, async (tx) => {
      const isMine = async () => (await introductionsOf(tx, personId)).find((one) => one.id === id);
      const mine = await isMine();
      if (!mine) throw IntroductionProblems.notFound('See yours: GET /v1/introductions.');
      await sql(
        tx,
        `INSERT INTO encounters.introduction_outcomes (introduction_id, person_id, network_id, outcome, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (introduction_id, person_id) DO UPDATE SET outcome = $4`,
        [id, personId, mine.networkId, outcome, now],
      );
      return (await isMine())!;
    });
    return introductionView(row, await this.namesOf(row.otherId ? [row.otherId] : []));
  }

  welcome(actor: Actor, spaceId: string, body: PutWelcome): Promise<WelcomeView> {
    return this.db.tx(actor.scope, async (tx) => {
      const space = await this.directory.space(tx, spaceId);
      demand(actor, 'encounters:write', at(space));
      await sql(
        tx,
        `INSERT INTO encounters.welcomes (space_id, network_id, note, ask_for, moment, written_by, updated_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
         ON CONFLICT (space_id) DO UPDATE SET note = $3, ask_for = $4, moment = $5, written_by = $6, updated_at = $7`,
        [
          space.id,
          space.networkId,
          body.note,
          body.askFor,
          body.moment,
          actor.name,
          this.clock.now().toString(),
        ],
      );
      return { spaceId, note: body.note, askFor: body.askFor, moment: body.moment };
    });
  }

  welcomeOf(spaceId: string): Promise<WelcomeView> {
    return this.db.read(PUBLIC_SCOPE, async (on) => {
      const [welcome] = await sql<WelcomeView>(
        on,
        `SELECT space_id AS "spaceId", note, ask_for AS "askFor", moment FROM encounters.welcomes WHERE space_id = $1`,
        [spaceId],
      );
      if (!welcome) throw WelcomeProblems.notFound('Ask at the door.');
      return welcome;
    });
  }

  private async addSharing(
    tx: Tx,
    { id, personId, space, body }: { id: string; personId: string; space: Space; body: PutSharing },
  ): Promise<void> {
    try {
      await sql(
        tx,
        `INSERT INTO encounters.sharings (id, request_hash, person_id, space_id, network_id, from_day, until_day, skills,
           created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          id,
          requestHash(body),
          personId,
          space.id,
          space.networkId,
          body.fromDay.toString(),
          body.untilDay.toString(),
          body.skills,
          this.clock.now().toString(),
        ],
      );
    } catch (error) {
      if (sqlState(error) === UNIQUE_VIOLATION)
        throw RequestProblems.idReused('This id stands for another stay.');
      if (!violates(error, 'sharings_once')) throw error;
      throw SharingProblems.overlaps('Take the other one back first.');
    }
  }

  private namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.db.read(namedScope('identity'), (on) => this.identity.firstNames(on, ids));
  }
}

const UNIQUE_VIOLATION = '23505';

function introductionView(
  { otherId, skills, introducedAt, networkId: _network, ...view }: Introduced,
  names: ReadonlyMap<string, string>,
): IntroductionView {
  return {
    ...view,
    introducedAt: instantFromDate(introducedAt).toString(),
    other: otherId === null ? null : { firstName: names.get(otherId) ?? '', skills },
  };
}

function at({ operatorId, networkId }: Space): { organisationId: string; networkId: string } {
  return { organisationId: operatorId, networkId };
}
