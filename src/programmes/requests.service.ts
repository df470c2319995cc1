import { Injectable } from '@nestjs/common';
import { demandPerson, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { agentRow, Agents } from './agents.service.js';
import { demandProgramme, wide } from './programme-access.js';
import { AgentProblems, VoucherProblems } from './programme.problems.js';
import { programmeRow, stamp } from './programme.queries.js';
import type { PutRequest, PutRequestAnswer, RequestPage, RequestView } from './voucher.schema.js';
import { Vouchers } from './vouchers.service.js';

type Row = Omit<RequestView, 'agent'> & {
  readonly agentId: string;
  readonly personId: string;
  readonly employer: string;
  readonly hash: string;
};

/** What agents ask of a programme, and the sponsor answers: a yes is an offer. */
@Injectable()
export class VoucherRequests {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly agents: Agents,
    private readonly vouchers: Vouchers,
  ) {}

  async put(actor: Actor, id: string, body: PutRequest): Promise<RequestView> {
    const personId = demandPerson(actor);
    const hash = requestHash(body);
    const stored = await this.db.tx(wide(actor), async (tx) => {
      const programme = await programmeRow(tx, body.programmeId);
      const agent = await agentRow(tx, body.agentId);
      if (agent.personId !== personId) throw AgentProblems.notFound('Ask for yourself.');
      if (agent.state !== 'CONFIRMED') throw AgentProblems.notConfirmed('Your employer answers first.');
      await sql(
        tx,
        `INSERT INTO programmes.requests (id, request_hash, programme_id, network_id, agent_id, person_id, days, reason,
           state, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'ASKED', $9) ON CONFLICT (id) DO NOTHING`,
        [
          id,
          hash,
          programme.id,
          programme.networkId,
          agent.id,
          personId,
          body.days,
          body.reason,
          this.clock.now().toString(),
        ],
      );
      const [row] = await rowsOf(tx, 'request.id = $1', [id]);
      if (row?.hash !== hash) throw RequestProblems.idReused('Use a new id for another request.');
      return row;
    });
    return (await this.named([stored]))[0]!;
  }

  /** The queue of a sponsor: what waits first, in the order of asking. */
  async list(actor: Actor, programmeId: string): Promise<RequestPage> {
    const rows = await this.db.read(wide(actor), async (on) => {
      demandProgramme(actor, await programmeRow(on, programmeId));
      return rowsOf(on, 'programme_id = $1', [programmeId]);
    });
    return { items: await this.named(rows), next: null };
  }

  async answer(actor: Actor, id: string, body: PutRequestAnswer): Promise<RequestView> {
    const stored = await this.db.tx(wide(actor), async (tx) => {
      const [known] = await rowsOf(tx, 'request.id = $1', [id]);
      if (!known) throw VoucherProblems.requestNotFound(`There is no request ${id}.`);
      const programme = await programmeRow(tx, known.programmeId, 'FOR UPDATE');
      demandProgramme(actor, programme);
      const [asked] = await rowsOf(tx, 'request.id = $1', [id]); // as the lock left it
      if (asked!.state === body.answer) return asked!;
      if (asked!.state !== 'ASKED') throw VoucherProblems.requestAnswered(`It was ${asked!.state}.`);
      if (body.answer === 'GRANTED')
        await this.vouchers.offerIn(tx, programme, {
          id: body.offerId,
          agentIds: [known.agentId],
          daysEach: known.days,
          by: actor.name,
        });
      await sql(
        tx,
        `UPDATE programmes.requests SET state = $2, answer = $3, answered_by = $4, answered_at = $5 WHERE id = $1`,
        [
          id,
          body.answer,
          body.answer === 'DECLINED' ? body.reason : null,
          actor.name,
          this.clock.now().toString(),
        ],
      );
      const [row] = await rowsOf(tx, 'request.id = $1', [id]);
      return row!;
    });
    return (await this.named([stored]))[0]!;
  }

  private async named(rows: readonly Row[]): Promise<RequestView[]> {
    const names = await this.agents.names(rows.map(({ personId }) => personId));
    return rows.map(({ agentId, personId, employer, hash: _hash, ...row }) => ({
      ...row,
      agent: { id: agentId, name: names.get(personId) ?? '', employer },
    }));
  }
}

function rowsOf(on: Reader, where: string, values: unknown[]): Promise<Row[]> {
  return sql<Row>(
    on,
    `SELECT request.id, programme_id AS "programmeId", agent_id AS "agentId", request.person_id AS "personId",
       employer.name AS employer, days::int AS days, reason, request.state, answer,
       ${stamp('request.created_at')} AS "createdAt", request.request_hash AS hash
     FROM programmes.requests request JOIN programmes.agents agent ON agent.id = agent_id
     JOIN identity.pub_organisations employer ON employer.id = agent.employer_id
     WHERE ${where} ORDER BY request.state <> 'ASKED', request.id LIMIT 200`,
    values,
  );
}
