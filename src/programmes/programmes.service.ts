import { Injectable } from '@nestjs/common';
import { Institutions } from '../directory/index.js';
import { demand, Identity, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import { addEntry } from './budget.writes.js';
import { demandProgramme, wide } from './programme-access.js';
import { AgentProblems, ProgrammeProblems } from './programme.problems.js';
import {
  budgetOf,
  insertPlaces,
  programmeRow,
  programmeView,
  programmeViews,
  type ProgrammeRow,
} from './programme.queries.js';
import { capHalfDays, HALF_DAYS_PER_DAY, TRANSITIONS } from './programme.rules.js';
import type {
  CarryOverView,
  ProgrammePage,
  ProgrammesQuery,
  ProgrammeStep,
  ProgrammeView,
  PutApproval,
  PutProgramme,
} from './programme.schema.js';
import { demandStep, enterState } from './programme.steps.js';

/** A programme from its draft to the archive. Everything about it is data: a new one takes no deployment. */
@Injectable()
export class Programmes {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly identity: Identity,
    private readonly institutions: Institutions,
  ) {}

  put(actor: Actor, id: string, body: PutProgramme): Promise<ProgrammeView> {
    demandProgramme(actor, body);
    const hash = requestHash(body);
    return this.db.tx(withNetworks(wide(actor), body.networkId), async (tx) => {
      const sponsor = await this.identity.organisation(tx, body.sponsorId);
      if (sponsor.kind !== 'institution')
        throw ProgrammeProblems.sponsorUnfit(`${sponsor.name} is no institution. Name one that is.`);
      for (const employerId of body.employerIds) await this.demandEmployer(tx, employerId);
      if (await this.insert(tx, id, hash, { body, by: actor.name })) {
        const at = this.clock.now().toString();
        await insertPlaces(tx, { id, networkId: body.networkId, at }, body.places, body.territories);
        await sql(
          tx,
          `INSERT INTO programmes.programme_employers (programme_id, network_id, employer_id, created_at)
           SELECT $1, $2, unnest($3::uuid[]), $4 ON CONFLICT DO NOTHING`,
          [id, body.networkId, body.employerIds, at],
        );
        await this.institutions.register(tx, sponsor, {
          networkId: body.networkId,
          unit: body.dayPrice.unit,
        });
      }
      const stored = await programmeRow(tx, id);
      if (stored.requestHash !== hash) throw RequestProblems.idReused('A draft stays as it was written.');
      return programmeView(tx, id);
    });
  }

  async get(actor: Actor, id: string): Promise<ProgrammeView> {
    return this.db.read(actor.scope, async (on) => {
      const view = await programmeView(on, id);
      if (view.state === 'DRAFT')
        demandProgramme(actor, { sponsorId: view.sponsor.id, networkId: view.networkId });
      return view;
    });
  }

  list(actor: Actor, query: ProgrammesQuery): Promise<ProgrammePage> {
    const { sponsorId, networkId } = query;
    if (networkId) demand(actor, 'programmes:write', { organisationId: networkId, networkId });
    else if (sponsorId) demand(actor, 'programmes:write', { organisationId: sponsorId });
    return this.db.read(actor.scope, async (on) => ({ items: await programmeViews(on, query), next: null }));
  }

  /** By somebody else than who wrote it: the decision is named, the money voted, the shares of the places fixed. */
  approve(actor: Actor, id: string, body: PutApproval): Promise<ProgrammeView> {
    return this.db.tx(wide(actor), async (tx) => {
      const programme = await programmeRow(tx, id, 'FOR UPDATE');
      demandProgramme(actor, programme);
      if (programme.madeBy === actor.name)
        throw ProgrammeProblems.notYourOwn(
          'Ask a colleague: whoever writes a programme does not approve it.',
        );
      if (programme.decisionRef === body.decisionRef) return programmeView(tx, id); // a repeat
      demandStep(programme, 'approve');
      if (body.voted.unit !== programme.unit)
        throw ProgrammeProblems.overBudget(`The programme counts in ${programme.unit}.`);
      await this.fixPlaces(tx, programme, body.voted.minor);
      const at = this.clock.now();
      await sql(
        tx,
        `UPDATE programmes.programmes SET state = 'APPROVED', state_at = $2, state_by = $3, decision_ref = $4,
           budget_line = $5 WHERE id = $1`,
        [id, at.toString(), actor.name, body.decisionRef, body.budgetLine],
      );
      const { networkId, unit } = programme;
      await sql(
        tx,
        'INSERT INTO programmes.budgets (programme_id, network_id, unit, created_at) VALUES ($1, $2, $3, $4)',
        [id, networkId, unit, at.toString()],
      );
      const entry = { programmeId: id, networkId, unit, kind: 'VOTED' as const, voted: body.voted.minor };
      await addEntry(tx, { ...entry, reason: body.decisionRef, by: actor.name, at });
      return programmeView(tx, id);
    });
  }

  step(actor: Actor, id: string, step: ProgrammeStep): Promise<ProgrammeView> {
    return this.db.tx(wide(actor), async (tx) => {
      const programme = await programmeRow(tx, id, 'FOR UPDATE');
      demandProgramme(actor, programme);
      const { into } = TRANSITIONS[step];
      if (programme.state === into) return programmeView(tx, id); // a repeat
      demandStep(programme, step);
      if (step === 'report') await this.demandSettled(tx, id, 'invoiced');
      if (step === 'archive') await this.demandSettled(tx, id, 'paid');
      await enterState(tx, { id, into, by: actor.name, at: this.clock.now() });
      return programmeView(tx, id);
    });
  }

  /** What was voted and never committed goes on in another programme of the same sponsor: once. */
  carryOver(actor: Actor, id: string, toProgrammeId: string): Promise<CarryOverView> {
    return this.db.tx(wide(actor), async (tx) => {
      const from = await programmeRow(tx, id, 'FOR UPDATE');
      const to = await programmeRow(tx, toProgrammeId, 'FOR UPDATE');
      demandProgramme(actor, from);
      demandProgramme(actor, to);
      if (from.carriedToId)
        throw ProgrammeProblems.carriedAlready('Money is carried over once.', {
          toProgrammeId: from.carriedToId,
        });
      if (!['CLOSING', 'REPORTED'].includes(from.state)) throw wrongState(from, 'it is CLOSING');
      if (!['APPROVED', 'OPEN', 'PAUSED'].includes(to.state) || to.unit !== from.unit)
        throw wrongState(to, 'it is APPROVED or OPEN, in the same currency');
      const { votedMinor, committedMinor } = await budgetOf(tx, id);
      const rest = votedMinor - committedMinor;
      if (rest <= 0n) throw ProgrammeProblems.overBudget('Everything that was voted is committed.');
      const same = { unit: from.unit, by: actor.name, at: this.clock.now() };
      await addEntry(tx, {
        ...same,
        programmeId: id,
        networkId: from.networkId,
        kind: 'CARRIED_OUT',
        voted: -rest,
        reason: toProgrammeId,
      });
      await addEntry(tx, {
        ...same,
        programmeId: to.id,
        networkId: to.networkId,
        kind: 'CARRIED_IN',
        voted: rest,
        reason: id,
      });
      await sql(tx, 'UPDATE programmes.programmes SET carried_to_id = $2 WHERE id = $1', [id, to.id]);
      const amount = { unit: from.unit, minor: Number(rest) };
      return { fromProgrammeId: id, toProgrammeId: to.id, amount };
    });
  }

  private async demandEmployer(tx: Tx, employerId: string): Promise<void> {
    const { kind, name } = await this.identity.organisation(tx, employerId);
    if (kind !== 'institution') throw AgentProblems.employerUnfit(`${name} is no institution.`);
  }

  private async insert(
    tx: Tx,
    id: string,
    hash: string,
    { body, by }: { body: PutProgramme; by: string },
  ): Promise<boolean> {
    const rows = await sql(
      tx,
      `INSERT INTO programmes.programmes (id, request_hash, network_id, sponsor_id, name, purpose, starts_on, ends_on,
         unit, day_price_minor, price_ceiling_minor, days_per_week, days_per_person, space_cap_percent, countries,
         territories, mail_domains, voucher_days, needs_mission_order, order_number, service_code, siret, state,
         state_at, state_by, made_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
         'DRAFT', $23, $24, $24, $23) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [
        id,
        hash,
        body.networkId,
        body.sponsorId,
        body.name,
        body.purpose,
        body.startsOn.toString(),
        body.endsOn.toString(),
        body.dayPrice.unit,
        body.dayPrice.minor,
        body.priceCeiling?.minor ?? null,
        body.daysPerWeek,
        body.daysPerPerson,
        body.spaceCapPercent,
        body.countries,
        body.territories,
        body.mailDomains,
        body.voucherDays,
        body.needsMissionOrder,
        body.orderNumber,
        body.serviceCode,
        body.siret,
        this.clock.now().toString(),
        by,
      ],
    );
    return rows.length === 1;
  }

  private async fixPlaces(tx: Tx, programme: ProgrammeRow, votedMinor: bigint): Promise<void> {
    const { id, dayPriceMinor, spaceCapPercent } = programme;
    const cap = capHalfDays({ votedMinor, dayPriceMinor }, spaceCapPercent);
    const places = await sql<{ floor: number }>(
      tx,
      `UPDATE programmes.programme_spaces SET cap_half_days = $2 WHERE programme_id = $1
       RETURNING floor_half_days AS floor`,
      [id, cap],
    );
    if (places.length === 0) throw ProgrammeProblems.noPlaces('Name spaces or territories that have some.');
    const floors = places.reduce((sum, { floor }) => sum + floor, 0);
    const all = capHalfDays({ votedMinor, dayPriceMinor }, 100);
    if (floors > all || places.some(({ floor }) => floor > cap))
      throw ProgrammeProblems.floorsTooHigh(
        `The budget buys ${all / HALF_DAYS_PER_DAY} days, and one place may have ${cap / HALF_DAYS_PER_DAY}.`,
      );
  }

  private async demandSettled(tx: Tx, id: string, until: 'invoiced' | 'paid'): Promise<void> {
    const [open] = await sql<{ held: number; uninvoiced: number }>(
      tx,
      `SELECT count(*) FILTER (WHERE state IN ('OFFERED', 'ACCEPTED', 'RESERVED'))::int AS held,
         count(*) FILTER (WHERE state = 'CONSUMED' AND invoice_id IS NULL)::int AS uninvoiced
       FROM programmes.vouchers WHERE programme_id = $1`,
      [id],
    );
    const { deliveredMinor, paidMinor } = await budgetOf(tx, id);
    const isPaid = until === 'invoiced' || deliveredMinor === paidMinor;
    if (open!.held === 0 && open!.uninvoiced === 0 && isPaid) return;
    throw ProgrammeProblems.stillOwing(
      'First let vouchers end, invoice what was delivered and note payments.',
      {
        ...open,
        unpaidMinor: Number(deliveredMinor - paidMinor),
      },
    );
  }
}

function wrongState({ state }: ProgrammeRow, wanted: string) {
  return ProgrammeProblems.wrongState(`The programme is ${state}. This is possible when ${wanted}.`, {
    state,
  });
}
