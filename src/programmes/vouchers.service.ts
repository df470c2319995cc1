import { Injectable } from '@nestjs/common';
import { demandPerson, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { addEntry } from './budget.writes.js';
import { demandProgramme, wide } from './programme-access.js';
import { AgentProblems, ProgrammeProblems, VoucherProblems } from './programme.problems.js';
import { programmeRow, stamp, type ProgrammeRow } from './programme.queries.js';
import { endVouchers } from './programme.steps.js';
import type {
  ClawBackView,
  OfferView,
  PutOffer,
  PutVoucherAnswer,
  VoucherPage,
  VoucherView,
} from './voucher.schema.js';

type Agent = { readonly id: string; readonly personId: string };

/** Vouchers before and beside bookings: offered by the sponsor, accepted by the agent, given or taken back. */
@Injectable()
export class Vouchers {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  offer(actor: Actor, id: string, body: PutOffer): Promise<OfferView> {
    return this.db.tx(wide(actor), async (tx) => {
      const programme = await programmeRow(tx, body.programmeId, 'FOR UPDATE');
      demandProgramme(actor, programme);
      return this.offerIn(tx, programme, { id, by: actor.name, ...body });
    });
  }

  /** In a locked programme. The money is committed here, or nothing is offered. */
  async offerIn(
    tx: Tx,
    programme: ProgrammeRow,
    { id, by, agentIds, daysEach }: Pick<PutOffer, 'agentIds' | 'daysEach'> & { id: string; by: string },
  ): Promise<OfferView> {
    const hash = requestHash({ programmeId: programme.id, agentIds, daysEach });
    const at = this.clock.now();
    const isNew = await sql(
      tx,
      `INSERT INTO programmes.offers (id, request_hash, programme_id, network_id, made_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [id, hash, programme.id, programme.networkId, by, at.toString()],
    );
    if (isNew.length > 0) {
      if (programme.state !== 'OPEN')
        throw ProgrammeProblems.wrongState('Vouchers are offered while the programme is OPEN.', {
          state: programme.state,
        });
      const agents = await this.eligible(tx, programme.id, agentIds);
      await this.insert(tx, programme, { id, agents, daysEach });
      const committed = programme.dayPriceMinor * BigInt(agents.length * daysEach);
      const { id: programmeId, networkId, unit } = programme;
      await addEntry(tx, {
        programmeId,
        networkId,
        unit,
        kind: 'COMMITTED',
        committed,
        reason: `offer ${id}`,
        by,
        at,
      });
    }
    return offerView(tx, id, hash);
  }

  /** The holder takes them, or gives back what is not booked. One that ended stays so. */
  answer(actor: Actor, body: PutVoucherAnswer): Promise<VoucherPage> {
    const personId = demandPerson(actor);
    const isTaken = body.answer === 'ACCEPTED';
    return this.db.tx(wide(actor), async (tx) => {
      const held = await vouchersOf(tx, personId, body.voucherIds);
      if (held.length < new Set(body.voucherIds).size)
        throw VoucherProblems.notFound('Your vouchers are in GET /v1/vouchers.');
      const open = isTaken ? ['OFFERED', 'ACCEPTED'] : ['OFFERED', 'ACCEPTED', 'RELEASED'];
      const settled = held.find(({ state }) => !open.includes(state));
      if (settled?.state === 'EXPIRED') throw expired();
      if (settled)
        throw VoucherProblems.settled(
          `A voucher is ${settled.state}. Leave the booking first, if there is one.`,
        );
      if (
        held.some(({ expiresAt, state }) => state !== 'RELEASED' && expiresAt <= this.clock.now().toString())
      )
        throw expired();
      if (isTaken) await this.accept(tx, body.voucherIds, actor.name);
      else await this.giveBack(tx, held, actor.name);
      return { items: await vouchersOf(tx, personId, body.voucherIds), next: null };
    });
  }

  list(actor: Actor): Promise<VoucherPage> {
    const personId = demandPerson(actor);
    return this.db.read(actor.scope, async (on) => ({
      items: await vouchersOf(on, personId, null),
      next: null,
    }));
  }

  /** By the sponsor: what one agent has not booked with. */
  clawBack(actor: Actor, programmeId: string, agentId: string): Promise<ClawBackView> {
    return this.db.tx(wide(actor), async (tx) => {
      const programme = await programmeRow(tx, programmeId, 'FOR UPDATE');
      demandProgramme(actor, programme);
      const { vouchers, minor } = await endVouchers(tx, programme, {
        into: 'CLAWED_BACK',
        where: 'agent_id = $5',
        values: [agentId],
        by: actor.name,
        at: this.clock.now(),
      });
      return { programmeId, vouchers, released: { unit: programme.unit, minor: Number(minor) } };
    });
  }

  private async accept(tx: Tx, voucherIds: readonly string[], by: string): Promise<void> {
    await sql(
      tx,
      `UPDATE programmes.vouchers SET state = 'ACCEPTED', state_at = $2, state_by = $3
       WHERE id = ANY ($1) AND state = 'OFFERED'`,
      [voucherIds, this.clock.now().toString(), by],
    );
  }

  private async giveBack(tx: Tx, held: readonly VoucherView[], by: string): Promise<void> {
    for (const programmeId of new Set(held.map(({ programme }) => programme.id))) {
      const programme = await programmeRow(tx, programmeId);
      const values = [held.map(({ id }) => id)];
      await endVouchers(tx, programme, {
        into: 'RELEASED',
        where: 'id = ANY ($5)',
        values,
        by,
        at: this.clock.now(),
      });
    }
  }

  /** Agents whom an employer of the programme has confirmed. */
  private async eligible(on: Reader, programmeId: string, agentIds: readonly string[]): Promise<Agent[]> {
    const rows = await sql<Agent & { state: string; isIn: boolean }>(
      on,
      `SELECT agent.id, person_id AS "personId", state, EXISTS (SELECT FROM programmes.programme_employers employer
         WHERE employer.programme_id = $1 AND employer.employer_id = agent.employer_id) AS "isIn"
       FROM programmes.agents agent WHERE agent.id = ANY ($2) ORDER BY agent.id`,
      [programmeId, agentIds],
    );
    if (rows.length < new Set(agentIds).size)
      throw AgentProblems.notFound('Name agents who told their employer.');
    if (rows.some(({ isIn }) => !isIn))
      throw AgentProblems.otherEmployer('Ask the sponsor to add the employer to another programme.');
    if (rows.some(({ state }) => state !== 'CONFIRMED'))
      throw AgentProblems.notConfirmed('The employer confirms an agent first.');
    return rows;
  }

  private async insert(
    tx: Tx,
    programme: ProgrammeRow,
    { id, agents, daysEach }: { id: string; agents: readonly Agent[]; daysEach: number },
  ): Promise<void> {
    const at = this.clock.now();
    const vouchers = agents.flatMap((agent) =>
      Array.from({ length: daysEach }, (_, number) => ({
        id: derivedId(id, `${agent.id}/${number}`),
        agent: agent.id,
        person: agent.personId,
      })),
    );
    await sql(
      tx,
      `INSERT INTO programmes.vouchers (id, programme_id, network_id, offer_id, agent_id, person_id, state, state_at,
         state_by, expires_at, unit, day_price_minor, created_at)
       SELECT id, $2, $3, $4, agent, person, 'OFFERED', $5, 'sponsor', $6, $7, $8, $5
       FROM jsonb_to_recordset($1::jsonb) AS given (id uuid, agent uuid, person uuid)`,
      [
        JSON.stringify(vouchers),
        programme.id,
        programme.networkId,
        id,
        at.toString(),
        at.add({ hours: programme.voucherDays * HOURS_PER_DAY }).toString(),
        programme.unit,
        programme.dayPriceMinor,
      ],
    );
  }
}

const HOURS_PER_DAY = 24;

function expired() {
  return VoucherProblems.expired('Its time is over, and its day went back to the pot. Ask for another one.');
}

async function offerView(on: Reader, id: string, hash: string): Promise<OfferView> {
  const [row] = await sql<OfferView & { hash: string }>(
    on,
    `SELECT offer.id, offer.programme_id AS "programmeId", offer.request_hash AS hash, count(voucher.id)::int AS vouchers,
       json_build_object('unit', min(voucher.unit), 'minor', sum(day_price_minor)) AS committed
     FROM programmes.offers offer JOIN programmes.vouchers voucher ON voucher.offer_id = offer.id
     WHERE offer.id = $1 GROUP BY offer.id`,
    [id],
  );
  if (row?.hash !== hash) throw RequestProblems.idReused('Use a new id for another offer.');
  const { hash: _hash, ...view } = row;
  return view;
}

const VOUCHERS_MAX = 300;

function vouchersOf(on: Reader, personId: string, ids: readonly string[] | null): Promise<VoucherView[]> {
  return sql<VoucherView>(
    on,
    `SELECT voucher.id, voucher.state, ${stamp('voucher.state_at')} AS "stateAt",
       ${stamp('expires_at')} AS "expiresAt", day::text AS day, booking_id AS "bookingId",
       json_build_object('id', programme.id, 'name', programme.name, 'sponsor', sponsor.name) AS programme
     FROM programmes.vouchers voucher JOIN programmes.programmes programme ON programme.id = voucher.programme_id
     JOIN identity.pub_organisations sponsor ON sponsor.id = programme.sponsor_id
     WHERE person_id = $1 AND ($2::uuid[] IS NULL OR voucher.id = ANY ($2))
     ORDER BY expires_at DESC, voucher.id LIMIT ${VOUCHERS_MAX}`,
    [personId, ids],
  );
}
