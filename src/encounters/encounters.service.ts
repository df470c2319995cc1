import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import QRCode from 'qrcode';
import { Directory } from '../directory/index.js';
import { demand, demandPerson, type Actor } from '../identity/index.js';
import { instantFromDate, Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { Sealing } from '../platform/sealing.js';
import {
  encounterOf,
  encountersFrom,
  encounterView,
  followUpsOf,
  type EncounterRow,
} from './encounter.queries.js';
import type {
  AttendanceView,
  EncounterPage,
  EncounterRoomView,
  EncountersQuery,
  EncounterView,
  PutAttendance,
  PutEncounter,
  PutEncounterClosing,
  PutFollowUpOutcome,
} from './encounter.schema.js';
import { isTakingPlace, mayClose } from './encounter.rules.js';
import { EncounterProblems } from './encounters.problems.js';

const CODE_LENGTH = 20;
const SHOWN_BACK_DAYS = 90;

/** Meetings and study visits: called, attested on both sides, closed with minutes, and followed up. */
@Injectable()
export class Encounters {
  private readonly seed: Buffer;
  private readonly origin: string;

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    sealing: Sealing,
    @Inject(CONFIG) { PUBLIC_URL, HOST, PORT }: Config,
  ) {
    this.seed = sealing.seedFor('escale-encounters-1');
    this.origin = new URL(PUBLIC_URL ?? `http://${HOST}:${PORT}`).origin;
  }

  async put(actor: Actor, id: string, body: PutEncounter): Promise<EncounterView> {
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, body.spaceId));
    demand(actor, 'encounters:write', { organisationId: space.operatorId, networkId: space.networkId });
    return this.db.tx(withNetworks(actor.scope, space.networkId), async (tx) => {
      if (body.followsId && !(await encounterOf(tx, body.followsId))) throw notFound();
      try {
        await sql(
          tx,
          `INSERT INTO encounters.encounters (id, request_hash, space_id, network_id, kind, title, starts_at, ends_at,
             capacity, initiative_id, follows_id, created_by, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING`,
          [
            id,
            requestHash(body),
            space.id,
            space.networkId,
            body.kind,
            body.title,
            body.startsAt,
            body.endsAt,
            body.capacity,
            body.initiativeId,
            body.followsId,
            actor.name,
            this.clock.now().toString(),
          ],
        );
      } catch (error) {
        if (!violates(error, 'encounters_one_next')) throw error;
        throw EncounterProblems.followedAlready('A series has one next encounter: follow the latest one.');
      }
      const stored = (await encounterOf(tx, id))!;
      if (stored.requestHash !== requestHash(body))
        throw RequestProblems.idReused('This id stands for another encounter.');
      return encounterView(stored);
    });
  }

  list(query: EncountersQuery): Promise<EncounterPage> {
    const from = this.clock.now().subtract({ hours: SHOWN_BACK_DAYS * 24 });
    return this.db.read(PUBLIC_SCOPE, async (on) => ({
      items: (await encountersFrom(on, from.toString(), query)).map(encounterView),
      next: null,
    }));
  }

  /** For whoever leads encounters at the space. */
  room(actor: Actor, id: string): Promise<EncounterRoomView> {
    return this.db.read(actor.scope, async (on) => {
      const encounter = await this.led(on, actor, id);
      return this.roomView(on, encounter);
    });
  }

  /** To be shown on the spot: phones that read it open the page that attests. */
  async picture(actor: Actor, id: string): Promise<Buffer> {
    const { attendanceAddress } = await this.room(actor, id);
    return Buffer.from(
      await QRCode.toString(attendanceAddress, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }),
    );
  }

  /** Once per person; a meeting is counted as an encounter, never as a visit. */
  async attend(actor: Actor, id: string, { code, side }: PutAttendance): Promise<AttendanceView> {
    const personId = demandPerson(actor);
    const encounter = await this.db.read(PUBLIC_SCOPE, (on) => encounterOf(on, id));
    if (!encounter) throw notFound();
    if (code !== this.codeOf(id)) throw EncounterProblems.codeWrong('Read the picture that is shown there.');
    const now = this.clock.now();
    return this.db.tx(withNetworks(actor.scope, encounter.networkId), async (tx) => {
      await sql(tx, 'SELECT 1 FROM encounters.encounters WHERE id = $1 FOR UPDATE', [id]);
      const [known] = await attendance(tx, id, personId);
      if (known)
        return {
          ...known,
          encounterId: id,
          title: encounter.title,
          attestedAt: instantFromDate(known.attestedAt).toString(),
        };
      if (encounter.state === 'CLOSED' || !isTakingPlace(timesOf(encounter), now))
        throw EncounterProblems.notNow(
          'Attendance is attested from half an hour before until an hour after.',
        );
      const [{ taken }] = (await sql<{ taken: number }>(
        tx,
        'SELECT count(*)::int AS taken FROM encounters.attendances WHERE encounter_id = $1',
        [id],
      )) as [{ taken: number }];
      if (taken >= encounter.capacity)
        throw EncounterProblems.full('Ask whoever leads it for a larger room.');
      await sql(
        tx,
        `INSERT INTO encounters.attendances (encounter_id, network_id, person_id, side, created_at)
         VALUES ($1, $2, $3, $4, $5)`,
        [id, encounter.networkId, personId, side, now.toString()],
      );
      return { encounterId: id, title: encounter.title, side, attestedAt: now.toString() };
    });
  }

  /** With its minutes and what is to be done: only when both sides were there. */
  close(actor: Actor, id: string, body: PutEncounterClosing): Promise<EncounterRoomView> {
    return this.db.tx(actor.scope, async (tx) => {
      const encounter = await this.led(tx, actor, id);
      const hash = requestHash(body);
      const [closing] = await sql<{ hash: string }>(
        tx,
        'SELECT request_hash AS hash FROM encounters.closings WHERE encounter_id = $1',
        [id],
      );
      if (closing && closing.hash !== hash)
        throw EncounterProblems.closed('Its minutes are kept as they were signed off.');
      if (!closing) await this.writeClosing(tx, actor, encounter, { ...body, hash });
      return this.roomView(tx, (await encounterOf(tx, id))!);
    });
  }

  tellOutcome(
    actor: Actor,
    followUpId: string,
    { outcome, note }: PutFollowUpOutcome,
  ): Promise<EncounterRoomView> {
    return this.db.tx(actor.scope, async (tx) => {
      const [item] = await sql<{ encounterId: string; networkId: string }>(
        tx,
        `SELECT encounter_id AS "encounterId", network_id AS "networkId" FROM encounters.follow_ups WHERE id = $1`,
        [followUpId],
      );
      if (!item) throw EncounterProblems.followUpNotFound('Look it up in the encounter that decided it.');
      const encounter = await this.led(tx, actor, item.encounterId);
      await sql(
        tx,
        `INSERT INTO encounters.follow_up_outcomes (follow_up_id, network_id, outcome, note, told_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
        [followUpId, item.networkId, outcome, note, actor.name, this.clock.now().toString()],
      );
      const room = await this.roomView(tx, encounter);
      const told = room.followUps.find(({ id }) => id === followUpId);
      if (told?.state !== outcome || told.note !== note)
        throw EncounterProblems.followUpOver(`It is ${told?.state}: ${told?.note}`);
      return room;
    });
  }

  private async writeClosing(
    tx: Tx,
    actor: Actor,
    encounter: EncounterRow,
    { minutes, followUps, hash }: PutEncounterClosing & { hash: string },
  ): Promise<void> {
    const now = this.clock.now();
    const { institutions, users } = await sidesOf(tx, encounter.id);
    if (!mayClose(timesOf(encounter), now)) throw EncounterProblems.notNow('It is closed once it has begun.');
    if (institutions === 0 || users === 0)
      throw EncounterProblems.oneSided(
        'An encounter is of institutions and users. Let those who are there read the code.',
      );
    await sql(
      tx,
      `INSERT INTO encounters.closings (encounter_id, network_id, request_hash, minutes, closed_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [encounter.id, encounter.networkId, hash, minutes, actor.name, now.toString()],
    );
    await sql(tx, 'UPDATE encounters.encounters SET closed_at = $2 WHERE id = $1', [
      encounter.id,
      now.toString(),
    ]);
    for (const { id, what, owner, dueOn } of followUps)
      await sql(
        tx,
        `INSERT INTO encounters.follow_ups (id, encounter_id, network_id, what, owner, due_on, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [id, encounter.id, encounter.networkId, what, owner, dueOn.toString(), now.toString()],
      );
  }

  private async led(on: Reader, actor: Actor, id: string): Promise<EncounterRow> {
    const encounter = await encounterOf(on, id);
    if (!encounter) throw notFound();
    const { operatorId, networkId } = encounter;
    demand(actor, 'encounters:write', { organisationId: operatorId, networkId });
    return encounter;
  }

  private async roomView(on: Reader, encounter: EncounterRow): Promise<EncounterRoomView> {
    const { id } = encounter;
    const [closing] = await sql<{ minutes: string }>(
      on,
      'SELECT minutes FROM encounters.closings WHERE encounter_id = $1',
      [id],
    );
    return {
      encounter: encounterView(encounter),
      ...(await sidesOf(on, id)),
      minutes: closing?.minutes ?? null,
      followUps: await followUpsOf(on, id),
      attendanceAddress: `${this.origin}/encounters/attend#id=${id}&token=${this.codeOf(id)}`,
    };
  }

  /** Nobody can guess it, and nobody has to store it. */
  private codeOf(id: string): string {
    return createHmac('sha256', this.seed).update(id).digest('base64url').slice(0, CODE_LENGTH);
  }
}

function timesOf({ startsAt, endsAt }: EncounterRow): {
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
} {
  return { startsAt: instantFromDate(startsAt), endsAt: instantFromDate(endsAt) };
}

async function sidesOf(on: Reader, id: string): Promise<{ institutions: number; users: number }> {
  const [row] = await sql<{ institutions: number; users: number }>(
    on,
    `SELECT (count(*) FILTER (WHERE side = 'INSTITUTION'))::int AS institutions,
       (count(*) FILTER (WHERE side = 'USER'))::int AS users
     FROM encounters.attendances WHERE encounter_id = $1`,
    [id],
  );
  return row!;
}

type Attested = { side: AttendanceView['side']; attestedAt: Parameters<typeof instantFromDate>[0] };
function attendance(on: Reader, id: string, personId: string): Promise<Attested[]> {
  return sql<Attested>(
    on,
    `SELECT side, created_at AS "attestedAt" FROM encounters.attendances WHERE encounter_id = $1 AND person_id = $2`,
    [id, personId],
  );
}

function notFound() {
  return EncounterProblems.notFound('Look it up in GET /v1/encounters.');
}
