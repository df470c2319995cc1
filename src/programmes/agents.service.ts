import { Injectable } from '@nestjs/common';
import { demandPerson, Identity, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import type {
  AgentPage,
  AgentsQuery,
  AgentView,
  MissionOrderView,
  PutAgent,
  PutAgentConfirmation,
  PutMissionOrder,
} from './agent.schema.js';
import { demandEmployer, wide } from './programme-access.js';
import { AgentProblems } from './programme.problems.js';
import { stamp } from './programme.queries.js';

type AgentRow = Omit<AgentView, 'name'> & { readonly requestHash: string; readonly networkId: string };

/** Public agents: they say whose agents they are, and the employer's word makes it true. */
@Injectable()
export class Agents {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly identity: Identity,
  ) {}

  async put(actor: Actor, id: string, body: PutAgent): Promise<AgentView> {
    const personId = demandPerson(actor);
    const hash = requestHash(body);
    const stored = await this.db.tx(wide(actor), async (tx) => {
      const employer = await this.identity.organisation(tx, body.employerId);
      const { networkId } = employer;
      if (employer.kind !== 'institution' || !networkId)
        throw AgentProblems.employerUnfit(`${employer.name} is no institution of a network.`);
      await this.demandDomain(tx, body);
      const row = { id, personId, networkId, hash };
      await this.insert(tx, row, body);
      const agent = await agentRow(tx, id);
      if (agent.requestHash !== hash || agent.personId !== personId)
        throw RequestProblems.idReused('Use a new id for another employer.');
      return agent;
    });
    return this.named(stored);
  }

  /** An answer once given stays, but for one: who was confirmed may end. */
  async answer(actor: Actor, id: string, body: PutAgentConfirmation): Promise<AgentView> {
    const answered = await this.db.tx(wide(actor), async (tx) => {
      const before = await agentRow(tx, id, 'FOR UPDATE');
      demandEmployer(actor, before.employer.id);
      const isConfirmed = body.answer === 'CONFIRMED';
      const from = body.answer === 'ENDED' ? 'CONFIRMED' : 'CLAIMED';
      if (before.state !== from && before.state !== body.answer)
        throw AgentProblems.answered(`The agent is ${before.state}. Let them tell you again under a new id.`);
      await sql(
        tx,
        `UPDATE programmes.agents SET state = $2, state_at = $3, state_by = $4,
           days_per_week = coalesce($5, days_per_week), valid_until = coalesce($6, valid_until),
           allowance_abroad = coalesce($7, allowance_abroad)
         WHERE id = $1`,
        [
          id,
          body.answer,
          this.clock.now().toString(),
          actor.name,
          isConfirmed ? body.daysPerWeek : null,
          isConfirmed ? body.validUntil.toString() : null,
          isConfirmed ? body.allowanceAbroad : null,
        ],
      );
      return agentRow(tx, id);
    });
    return this.named(answered);
  }

  /** One's own, or those who told this employer. */
  async list(actor: Actor, { employerId }: AgentsQuery): Promise<AgentPage> {
    if (employerId) demandEmployer(actor, employerId);
    const personId = employerId ? null : demandPerson(actor);
    const rows = await this.db.read(wide(actor), (on) =>
      sql<AgentRow>(
        on,
        `${AGENT} WHERE ($1::uuid IS NULL OR employer_id = $1) AND ($2::uuid IS NULL OR person_id = $2)
         ORDER BY agent.id DESC LIMIT 500`,
        [employerId ?? null, personId],
      ),
    );
    const names = await this.names(rows.map((row) => row.personId));
    return { items: rows.map((row) => view(row, names)), next: null };
  }

  /** By the employer, for visits in another country. */
  missionOrder(actor: Actor, id: string, body: PutMissionOrder): Promise<MissionOrderView> {
    const hash = requestHash(body);
    return this.db.tx(wide(actor), async (tx) => {
      const agent = await agentRow(tx, body.agentId);
      demandEmployer(actor, agent.employer.id);
      if (agent.state !== 'CONFIRMED') throw AgentProblems.notConfirmed('Confirm the agent first.');
      await sql(
        tx,
        `INSERT INTO programmes.mission_orders (id, request_hash, agent_id, person_id, network_id, reference, country,
           from_day, until_day, issued_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING`,
        [
          id,
          hash,
          agent.id,
          agent.personId,
          agent.networkId,
          body.reference,
          body.country,
          body.fromDay.toString(),
          body.untilDay.toString(),
          actor.name,
          this.clock.now().toString(),
        ],
      );
      const [stored] = await sql<MissionOrderView & { hash: string }>(
        tx,
        `SELECT id, agent_id AS "agentId", reference, country, from_day::text AS "fromDay",
           until_day::text AS "untilDay", request_hash AS hash FROM programmes.mission_orders WHERE id = $1`,
        [id],
      );
      if (stored?.hash !== hash) throw RequestProblems.idReused('A mission order stays as it was issued.');
      const { hash: _hash, ...order } = stored;
      return order;
    });
  }

  /** How people are called, for those who were asked whether they may know. */
  async names(personIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.db.read(namedScope('identity'), async (on) => {
      const names = new Map<string, string>();
      for (const personId of new Set(personIds))
        names.set(personId, (await this.identity.person(on, personId)).name);
      return names;
    });
  }

  private async named(row: AgentRow): Promise<AgentView> {
    return view(row, await this.names([row.personId]));
  }

  /** Where programmes of this employer name domains of addresses, the agent's is one of them. */
  private async demandDomain(on: Reader, { employerId, workEmail }: PutAgent): Promise<void> {
    const rows = await sql<{ domains: string[] }>(
      on,
      `SELECT mail_domains AS domains FROM programmes.programmes programme
       JOIN programmes.programme_employers employer ON employer.programme_id = programme.id
       WHERE employer_id = $1 AND state NOT IN ('DRAFT', 'REPORTED', 'ARCHIVED')`,
      [employerId],
    );
    const domains = rows.flatMap((row) => row.domains);
    if (domains.length === 0 || domains.includes(workEmail.slice(workEmail.lastIndexOf('@') + 1))) return;
    throw AgentProblems.otherDomain('Use the address that your employer gave you.');
  }

  private async insert(
    tx: Tx,
    { id, personId, networkId, hash }: { id: string; personId: string; networkId: string; hash: string },
    { employerId, workEmail }: PutAgent,
  ): Promise<void> {
    try {
      await sql(
        tx,
        `INSERT INTO programmes.agents (id, request_hash, person_id, employer_id, network_id, work_email, state, state_at,
           state_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, 'CLAIMED', $7, $8, $7) ON CONFLICT (id) DO NOTHING`,
        [
          id,
          hash,
          personId,
          employerId,
          networkId,
          workEmail,
          this.clock.now().toString(),
          `person:${personId}`,
        ],
      );
    } catch (error) {
      if (!violates(error, 'one_claim')) throw error;
      throw AgentProblems.claimed('Wait for the answer, or use what was confirmed.');
    }
  }
}

const AGENT = `
  SELECT agent.id, person_id AS "personId", json_build_object('id', employer.id, 'name', employer.name) AS employer,
    work_email AS "workEmail", state, days_per_week::int AS "daysPerWeek", valid_until::text AS "validUntil",
    allowance_abroad AS "allowanceAbroad", ${stamp('state_at')} AS "stateAt", request_hash AS "requestHash",
    agent.network_id AS "networkId"
  FROM programmes.agents agent JOIN identity.pub_organisations employer ON employer.id = employer_id`;

export async function agentRow(on: Reader, id: string, lock: '' | 'FOR UPDATE' = ''): Promise<AgentRow> {
  const [row] = await sql<AgentRow>(on, `${AGENT} WHERE agent.id = $1 ${lock && `${lock} OF agent`}`, [id]);
  if (!row) throw AgentProblems.notFound(`There is no agent ${id} of yours.`);
  return row;
}

function view(
  { requestHash: _hash, networkId: _network, ...row }: AgentRow,
  names: ReadonlyMap<string, string>,
) {
  return { ...row, name: names.get(row.personId) ?? '' };
}
