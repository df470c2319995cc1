import { Injectable } from '@nestjs/common';
import { demand, type Actor } from '../identity/index.js';
import { instantFromDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { ApprovalProblems } from './treasury.problems.js';
import type { ApprovalPage, ApprovalView, PutApproval } from './treasury.schema.js';

const CLEARING = namedScope('clearing');
export type Act = ApprovalView['act'];
type Proposal = {
  readonly networkId: string;
  readonly act: Act;
  readonly subject: string;
  readonly note: string;
};

/** One proposes, another approves; only then the act itself is accepted. */
@Injectable()
export class FourEyes {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async propose(actor: Actor, id: string, body: PutApproval): Promise<ApprovalView> {
    demand(actor, 'windows:write', atNetwork(body.networkId));
    return this.db.tx(CLEARING, async (tx) => {
      await this.add(tx, id, body, actor.name);
      return (await approval(tx, id))!;
    });
  }

  async approve(actor: Actor, id: string): Promise<ApprovalView> {
    const found = await this.db.read(CLEARING, (on) => approval(on, id));
    if (!found) throw ApprovalProblems.notFound('Check the id; your networks have no such approval.');
    demand(actor, 'windows:write', atNetwork(found.networkId));
    return this.db.tx(CLEARING, async (tx) => {
      await this.sign(tx, id, actor.name);
      return (await approval(tx, id))!;
    });
  }

  list(actor: Actor, networkId: string): Promise<ApprovalPage> {
    demand(actor, 'windows:read', atNetwork(networkId));
    return this.db.read(CLEARING, async (on) => {
      const rows = await sql<Row>(
        on,
        `${APPROVAL} WHERE approval.network_id = $1 ORDER BY approval.id DESC`,
        [networkId],
      );
      return { items: rows.map(view), next: null };
    });
  }

  /** For acts of other services, with the id they give their own row. */
  async add(tx: Tx, id: string, proposal: Proposal, proposedBy: string): Promise<void> {
    const hash = requestHash(proposal);
    try {
      await sql(
        tx,
        `INSERT INTO treasury.approvals (id, network_id, act, subject, note, written_by, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
        [
          id,
          proposal.networkId,
          proposal.act,
          proposal.subject,
          proposal.note,
          proposedBy,
          hash,
          this.clock.now().toString(),
        ],
      );
    } catch (error) {
      if (!violates(error, 'approvals_network_id_act_subject_key')) throw error;
      throw ApprovalProblems.subjectTaken(
        'Look in GET /v1/approvals and approve the proposal that is there.',
      );
    }
    const [stored] = await sql<{ hash: string }>(
      tx,
      'SELECT request_hash AS hash FROM treasury.approvals WHERE id = $1',
      [id],
    );
    if (stored?.hash !== hash)
      throw RequestProblems.idReused('This id stands for something else: make a new one.');
  }

  /** The database compares the two names, so that no race and no mistake of ours makes one person two. */
  async sign(tx: Tx, id: string, signedBy: string): Promise<void> {
    try {
      await sql(
        tx,
        `INSERT INTO treasury.signatures (approval_id, network_id, proposed_by, signed_by, created_at)
         SELECT id, network_id, written_by, $2, $3 FROM treasury.approvals WHERE id = $1
         ON CONFLICT DO NOTHING`,
        [id, signedBy, this.clock.now().toString()],
      );
    } catch (error) {
      if (!violates(error, 'signatures_four_eyes')) throw error;
      throw ApprovalProblems.samePerson('You proposed it yourself: ask a colleague to approve it.');
    }
  }

  /** Throws unless two people have said yes to exactly this. */
  async demand(on: Reader, { networkId, act, subject }: Omit<Proposal, 'note'>): Promise<void> {
    const [approved] = await sql(
      on,
      `SELECT FROM treasury.approvals JOIN treasury.signatures ON approval_id = id
       WHERE approvals.network_id = $1 AND act = $2 AND subject = $3`,
      [networkId, act, subject],
    );
    if (!approved)
      throw ApprovalProblems.missing(
        'Propose it with PUT /v1/approvals/{id}, and let somebody else sign it.',
        {
          act,
          subject,
        },
      );
  }
}

const APPROVAL = `
  SELECT approval.id, approval.network_id AS "networkId", act, subject, note, written_by AS "proposedBy",
    approval.created_at AS "proposedAt", signed_by AS "approvedBy", signature.created_at AS "approvedAt"
  FROM treasury.approvals approval LEFT JOIN treasury.signatures signature ON approval_id = approval.id`;
type Row = Omit<ApprovalView, 'proposedAt' | 'approvedAt'> & { proposedAt: Date; approvedAt: Date | null };

async function approval(on: Reader, id: string): Promise<ApprovalView | undefined> {
  const [row] = await sql<Row>(on, `${APPROVAL} WHERE approval.id = $1`, [id]);
  return row && view(row);
}

function view({ proposedAt, approvedAt, ...row }: Row): ApprovalView {
  return {
    ...row,
    proposedAt: instantFromDate(proposedAt).toString(),
    approvedAt: approvedAt && instantFromDate(approvedAt).toString(),
  };
}

export function atNetwork(networkId: string) {
  return { organisationId: networkId, networkId };
}
