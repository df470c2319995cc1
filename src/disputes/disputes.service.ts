import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Directory, partyAt, speaksFor } from '../directory/index.js';
import { demand, may, type Actor, type At } from '../identity/index.js';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { Suspense } from '../settlement/index.js';
import { DisputeProblems } from './dispute.problems.js';
import {
  ageing,
  disputeById,
  disputesOf,
  insertMove,
  lineToDispute,
  lockStanding,
  moveOn,
  movesOf,
  type Dispute,
  type LineToDispute,
} from './dispute.queries.js';
import { afterMove, afterSilence, isEnded, type After, type Side } from './dispute.rules.js';
import type {
  AgeingPage,
  DisputePage,
  DisputesQuery,
  DisputeView,
  PutDispute,
  PutMove,
} from './dispute.schema.js';

const CLEARING = namedScope('clearing');
const HOURS_PER_DAY = 24;

/** What two parties argue about, from the claim to its end. The lines beside it are paid meanwhile. */
@Injectable()
export class Disputes implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
    private readonly suspense: Suspense,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('disputes.default', () => this.endSilent());
  }

  async open(actor: Actor, id: string, body: PutDispute): Promise<DisputeView> {
    const hash = requestHash(body);
    await this.db.tx(CLEARING, async (tx) => {
      const line = await lineToDispute(tx, body.recordId);
      if (!line || !speaksFor(actor, await this.at(tx, line.debtorPartyId)))
        throw DisputeProblems.noLine('Check the id; none of your spaces owes a line for this record.');
      const earlier = await disputeById(tx, id);
      if (earlier?.requestHash === hash) return;
      if (earlier) throw RequestProblems.idReused('This id stands for another dispute: make a new one.');
      this.demandTime(line);
      await this.insert(tx, line, { id, body, hash, actor: actor.name });
    });
    return this.get(actor, id);
  }

  async move(actor: Actor, id: string, body: PutMove & { readonly id: string }): Promise<DisputeView> {
    const hash = requestHash(body);
    await this.db.tx(CLEARING, async (tx) => {
      const dispute = await this.visible(tx, actor, id);
      const standing = await lockStanding(tx, id);
      const [earlier] = await sql<{ hash: string }>(
        tx,
        'SELECT request_hash AS hash FROM disputes.moves WHERE id = $1',
        [body.id],
      );
      if (earlier?.hash === hash) return;
      if (earlier) throw RequestProblems.idReused('This id stands for another move: make a new one.');
      const minor = body.amountMinor === undefined ? null : BigInt(body.amountMinor);
      const side = await this.sideFor(tx, actor, dispute, body.kind);
      const after = side && afterMove(standing, { kind: body.kind, side, minor });
      if (!after)
        throw DisputeProblems.wrongMove(
          `It is ${standing.state}, and waits for ${standing.awaits ?? 'nobody'}.`,
          {
            state: standing.state,
            awaits: standing.awaits,
          },
        );
      const now = this.clock.now();
      await insertMove(tx, {
        ...body,
        disputeId: id,
        networkId: dispute.networkId,
        side,
        stage: after.stage,
        amountMinor: body.amountMinor ?? null,
        movedBy: actor.name,
        requestHash: hash,
        now,
      });
      const isAnswer = after.awaits !== standing.awaits || after.stage !== standing.stage;
      await moveOn(tx, id, after, { now, replyDays: isAnswer ? dispute.replyDays : null });
      await this.settle(tx, dispute, after, actor.name);
    });
    return this.get(actor, id);
  }

  get(actor: Actor, id: string): Promise<DisputeView> {
    return this.db.read(CLEARING, async (on) => {
      const dispute = await this.visible(on, actor, id);
      return { ...view(dispute), moves: await movesOf(on, id) };
    });
  }

  list(actor: Actor, query: DisputesQuery): Promise<DisputePage> {
    return this.db.read(CLEARING, async (on) => {
      demand(
        actor,
        'windows:read',
        'networkId' in query ? atNetwork(query.networkId) : await this.at(on, query.partyId),
      );
      return { items: (await disputesOf(on, query)).map(view), next: null };
    });
  }

  ageing(actor: Actor, networkId: string): Promise<AgeingPage> {
    demand(actor, 'windows:read', { networkId });
    return this.db.read(CLEARING, async (on) => ({
      items: await ageing(on, networkId, this.clock.now()),
      next: null,
    }));
  }

  /** One by one, each in a transaction of its own; who answers in that moment was in time or was not. */
  private async endSilent(): Promise<number> {
    const now = this.clock.now();
    const due = await this.db.read(CLEARING, (on) =>
      sql<{ id: string }>(on, 'SELECT id FROM disputes.disputes WHERE due_at < $1 ORDER BY due_at', [
        now.toString(),
      ]),
    );
    for (const { id } of due) {
      await this.db.tx(CLEARING, async (tx) => {
        const standing = await lockStanding(tx, id);
        const dispute = (await disputeById(tx, id))!;
        const isStill =
          dispute.dueAt && Temporal.Instant.compare(Temporal.Instant.from(dispute.dueAt), now) < 0;
        if (isEnded(standing.state) || !isStill) return;
        const after = afterSilence(standing);
        await insertMove(tx, {
          id: derivedId(id, 'silence'),
          disputeId: id,
          networkId: dispute.networkId,
          kind: 'SILENCE',
          side: 'CLOCK',
          stage: after.stage,
          text: `No answer from the ${standing.awaits === 'CREDITOR' ? 'host' : 'debtor'} in time.`,
          amountMinor: Number(after.billedMinor),
          scanIds: [],
          fileIds: [],
          movedBy: 'system',
          requestHash: '',
          now,
        });
        await moveOn(tx, id, after, { now, replyDays: null });
        await this.settle(tx, dispute, after, 'system');
      });
    }
    return due.length;
  }

  /** An end lands in the window that is open then: what waited is due, and what is not owed is credited. */
  private async settle(tx: Tx, dispute: Dispute, after: After, actor: string): Promise<void> {
    if (after.billedMinor === null) return;
    await this.suspense.end(tx, {
      disputeId: dispute.id,
      recordId: dispute.recordId,
      creditMinor: BigInt(dispute.disputed.minor) - after.billedMinor,
      reason: `Dispute ${after.state}`,
      actor,
    });
  }

  private demandTime({ advisedAt, disputeDays }: LineToDispute): void {
    if (!advisedAt)
      throw DisputeProblems.notAdvised(
        'Its window has sent no statements yet: decline the record meanwhile.',
      );
    const until = advisedAt.add({ hours: disputeDays * HOURS_PER_DAY });
    if (Temporal.Instant.compare(this.clock.now(), until) > 0)
      throw DisputeProblems.tooLate(`Lines of this window could be disputed until ${until.toString()}.`, {
        until: until.toString(),
      });
  }

  private async insert(
    tx: Tx,
    line: LineToDispute,
    order: { readonly id: string; readonly body: PutDispute; readonly hash: string; readonly actor: string },
  ): Promise<void> {
    const { id, body, hash, actor } = order;
    const disputed = BigInt(body.amountMinor ?? line.amountMinor);
    if (disputed > BigInt(line.amountMinor))
      throw DisputeProblems.tooMuch(`The line is ${line.amountMinor}: dispute that or less.`);
    const now = this.clock.now();
    const isSuspended = await this.suspense.begin(tx, {
      disputeId: id,
      recordId: body.recordId,
      minor: disputed,
    });
    try {
      await sql(
        tx,
        `INSERT INTO disputes.disputes (id, record_id, window_id, network_id, debtor_party_id, creditor_party_id, unit,
           disputed_minor, code, is_suspended, reply_days, state, stage, awaits, due_at, opened_by, request_hash,
           created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'OPEN', 1, 'CREDITOR',
           $12::timestamptz + $11::int * interval '1 day', $13, $14, $12)`,
        [
          id,
          body.recordId,
          line.windowId,
          line.networkId,
          line.debtorPartyId,
          line.creditorPartyId,
          line.unit,
          disputed,
          body.code,
          isSuspended,
          line.replyDays,
          now.toString(),
          actor,
          hash,
        ],
      );
    } catch (error) {
      if (!violates(error, 'disputes_one_per_record')) throw error;
      throw DisputeProblems.recordTaken('Go on with the dispute that is there: GET /v1/disputes.');
    }
    await insertMove(tx, {
      id: derivedId(id, 'opening'),
      disputeId: id,
      networkId: line.networkId,
      kind: 'OPEN',
      side: 'DEBTOR',
      stage: 1,
      text: body.text,
      amountMinor: Number(disputed),
      scanIds: body.scanIds,
      fileIds: body.fileIds,
      movedBy: actor,
      requestHash: hash,
      now,
    });
  }

  /** Whoever could act for more than one side acts for the one whose move it is. */
  private async sideFor(
    on: Reader,
    actor: Actor,
    dispute: Dispute,
    kind: PutMove['kind'],
  ): Promise<Side | null> {
    if (kind === 'ARBITRATE')
      return may(actor, 'windows:write', atNetwork(dispute.networkId)) ? 'TREASURER' : null;
    const creditorAt = await this.at(on, dispute.creditor.id);
    const debtorAt = await this.at(on, dispute.debtor.id);
    const [isCreditor, isDebtor] = [isOwn(actor, creditorAt), isOwn(actor, debtorAt)];
    if (isCreditor && isDebtor) return dispute.awaits;
    if (isCreditor) return 'CREDITOR';
    return isDebtor ? 'DEBTOR' : null;
  }

  private async visible(on: Reader, actor: Actor, id: string): Promise<Dispute> {
    const dispute = await disputeById(on, id);
    const places = dispute
      ? [
          atNetwork(dispute.networkId),
          await this.at(on, dispute.debtor.id),
          await this.at(on, dispute.creditor.id),
        ]
      : [];
    if (!dispute || !places.some((place) => may(actor, 'windows:read', place)))
      throw DisputeProblems.notFound('Check the id; your spaces and networks have no such dispute.');
    return dispute;
  }

  private async at(on: Reader, partyId: string): Promise<At> {
    return partyAt(on, this.directory, await this.directory.party(on, partyId));
  }
}

/** The party's own people; a treasurer above both sides argues for neither. */
function isOwn(actor: Actor, at: At): boolean {
  return actor.grants.some((grant) => grant.organisationId === at.organisationId) && speaksFor(actor, at);
}

function atNetwork(networkId: string): At {
  return { organisationId: networkId, networkId };
}

function view({ networkId: _networkId, replyDays: _days, requestHash: _hash, ...dispute }: Dispute) {
  return dispute;
}
