import { Injectable } from '@nestjs/common';
import { demand, Identity, type Actor } from '../identity/index.js';
import { Directory } from '../directory/index.js';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import type {
  LegalBasisPage,
  PutStayCall,
  StayCallPage,
  StayCallView,
  StayOrganisationPage,
} from './call.schema.js';
import { SCHEME_RULES } from './grant-schemes.data.js';
import { rulesOf } from './legal-basis.rules.js';
import { StayCallProblems } from './stay.problems.js';
import { stayScope } from './stay-steps.js';
import { LEGAL_BASES } from './stay.words.schema.js';

/** How many places are taken is for everybody to see; by whom is not. */
const STAYS = namedScope('stays');
const DEAD = `('DRAFT', 'EMPLOYER_REVIEW', 'REFUSED', 'DEFERRED', 'MATCHING', 'CANCELED')`;
const ORGANISATIONS_MAX = 500;

export type Call = Omit<StayCallView, 'isOpen' | 'grantSource' | 'slotsTaken'>;

const CALL = `
  SELECT call.id, json_build_object('id', network.id, 'name', network.name) AS network, programme, title, summary,
    direction, languages, opens_on::text AS "opensOn", closes_on::text AS "closesOn", from_day::text AS "fromDay",
    until_day::text AS "untilDay", slots, legal_bases AS "legalBases", grant_scheme AS "grantScheme",
    json_build_object('id', body.id, 'name', body.name, 'country', body.country) AS "grantBody",
    first_instalment_pct AS "firstInstalmentPct", json_build_object('unit', unit, 'minor', budget_minor) AS budget,
    json_build_object('unit', unit, 'minor', committed_minor) AS committed
  FROM stays.calls call
  JOIN identity.pub_networks network ON network.id = call.network_id
  JOIN identity.pub_organisations body ON body.id = call.grant_body_id`;

/** What a network invites to: a direction, a period, a budget. */
@Injectable()
export class Calls {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly identity: Identity,
    private readonly directory: Directory,
  ) {}

  async put(actor: Actor, id: string, body: PutStayCall): Promise<StayCallView> {
    demand(actor, 'stays:coordinate', { organisationId: body.networkId, networkId: body.networkId });
    const hash = requestHash(body);
    await this.db.tx(stayScope(actor), async (tx) => {
      const [earlier] = await sql<{ hash: string }>(
        tx,
        'SELECT request_hash AS hash FROM stays.calls WHERE id = $1',
        [id],
      );
      if (earlier?.hash === hash) return;
      if (earlier) throw RequestProblems.idReused('This id stands for another call: make a new one.');
      await this.identity.organisation(tx, body.grantBodyId);
      await this.insert(tx, { id, hash, openedBy: actor.name, ...body });
    });
    return this.get(id);
  }

  get(id: string): Promise<StayCallView> {
    return this.db.read(STAYS, async (on) => {
      const [view] = await this.views(on, `WHERE call.id = $1`, [id]);
      if (!view) throw StayCallProblems.notFound('Check the id; GET /v1/stay-calls lists the calls.');
      return view;
    });
  }

  list(): Promise<StayCallPage> {
    return this.db.read(STAYS, async (on) => ({
      items: await this.views(on, 'ORDER BY closes_on DESC, call.id DESC LIMIT 200', []),
      next: null,
    }));
  }

  bases(): LegalBasisPage {
    const today = this.today();
    const items = LEGAL_BASES.flatMap((basis) => rulesOf(basis, today) ?? []).map(({ total, ...rules }) => ({
      ...rules,
      totalDays: total?.days ?? null,
      totalMonths: total?.months ?? null,
    }));
    return { items, next: null };
  }

  organisations(actor: Actor): Promise<StayOrganisationPage> {
    return this.db.read(stayScope(actor), async (on) => ({
      items: await sql(
        on,
        `SELECT id, name, country, kind FROM identity.pub_organisations ORDER BY kind, name LIMIT ${ORGANISATIONS_MAX}`,
      ),
      next: null,
    }));
  }

  today(): Temporal.PlainDate {
    return this.clock.now().toZonedDateTimeISO('UTC').toPlainDate();
  }

  /** Within its days; a place and money may be gone all the same. */
  async openCall(on: Reader, id: string): Promise<Call> {
    const call = await callById(on, id);
    const today = this.today().toString();
    if (today < call.opensOn || today > call.closesOn)
      throw StayCallProblems.notOpen(`It is open from ${call.opensOn} until ${call.closesOn}.`, {
        opensOn: call.opensOn,
        closesOn: call.closesOn,
      });
    return call;
  }

  private async views(on: Reader, condition: string, values: unknown[]): Promise<StayCallView[]> {
    const calls = await sql<Call>(on, `${CALL} ${condition}`, values);
    const today = this.today().toString();
    const taken = await slotsTaken(
      on,
      calls.map(({ id }) => id),
    );
    return calls.map((call) => ({
      ...call,
      slotsTaken: taken.get(call.id) ?? 0,
      grantSource: SCHEME_RULES[call.grantScheme].source,
      isOpen: call.opensOn <= today && today <= call.closesOn,
    }));
  }

  private async insert(
    tx: Tx,
    call: PutStayCall & { readonly id: string; readonly hash: string; readonly openedBy: string },
  ): Promise<void> {
    const { unit } = await this.directory.party(tx, call.networkId);
    await sql(
      tx,
      `INSERT INTO stays.calls (id, network_id, programme, title, summary, direction, languages, opens_on, closes_on,
         from_day, until_day, slots, legal_bases, grant_scheme, grant_body_id, first_instalment_pct, budget_minor, unit,
         opened_by, request_hash, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7::text[], $8, $9, $10, $11, $12, $13::text[], $14, $15, $16, $17, $18, $19, $20,
         $21)`,
      [
        call.id,
        call.networkId,
        call.programme,
        call.title,
        call.summary,
        call.direction,
        call.languages,
        call.opensOn,
        call.closesOn,
        call.fromDay,
        call.untilDay,
        call.slots,
        call.legalBases,
        call.grantScheme,
        call.grantBodyId,
        call.firstInstalmentPct,
        call.budgetMinor,
        unit,
        call.openedBy,
        call.hash,
        this.clock.now().toString(),
      ],
    );
  }
}

export async function callById(on: Reader, id: string): Promise<Call> {
  const [call] = await sql<Call>(on, `${CALL} WHERE call.id = $1`, [id]);
  if (!call) throw StayCallProblems.notFound('Check the id; GET /v1/stay-calls lists the calls.');
  return call;
}

async function slotsTaken(on: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ id: string; taken: number }>(
    on,
    `SELECT call_id AS id, count(*)::int AS taken FROM stays.stays
     WHERE call_id = ANY ($1::uuid[]) AND state NOT IN ${DEAD} GROUP BY 1`,
    [ids],
  );
  return new Map(rows.map(({ id, taken }) => [id, taken]));
}

/** One match at a time for a call, so that two never take its last place. */
export async function demandFreeSlot(tx: Tx, callId: string): Promise<void> {
  const [call] = await sql<{ slots: number }>(
    tx,
    'SELECT slots FROM stays.calls WHERE id = $1 FOR NO KEY UPDATE',
    [callId],
  );
  const taken = (await slotsTaken(tx, [callId])).get(callId) ?? 0;
  if (taken >= call!.slots)
    throw StayCallProblems.full(`All ${call!.slots} places are taken: withdraw a match first.`, {
      slots: call!.slots,
    });
}

/** What is committed for a stay, at most what the budget has left. */
export async function commit(tx: Tx, callId: string, wanted: bigint): Promise<bigint> {
  const [call] = await sql<{ left: string }>(
    tx,
    'SELECT (budget_minor - committed_minor)::text AS left FROM stays.calls WHERE id = $1 FOR NO KEY UPDATE',
    [callId],
  );
  const left = BigInt(call!.left);
  const committed = wanted > left ? left : wanted;
  if (wanted > 0n && committed === 0n)
    throw StayCallProblems.budgetSpent('All of it is committed to other stays.');
  await release(tx, callId, -committed);
  return committed;
}

/** What is not needed goes back into the budget. */
export async function release(tx: Tx, callId: string, minor: bigint): Promise<void> {
  await sql(tx, 'UPDATE stays.calls SET committed_minor = committed_minor - $2 WHERE id = $1', [
    callId,
    minor,
  ]);
}
