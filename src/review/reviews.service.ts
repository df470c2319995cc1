import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Directory, partyAt, speaksFor } from '../directory/index.js';
import { demand, demandPerson, may, type Actor } from '../identity/index.js';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { ReviewProblems } from './review.problems.js';
import {
  bounceImplausible,
  deemApproved,
  PAGE_SIZE,
  qualityOf,
  reviewOf,
  reviewsOf,
  type Reviewed,
} from './review.queries.js';
import type { PutDecision, QualityPage, ReviewPage, ReviewsQuery, ReviewView } from './review.schema.js';

/** How far back a round of judging looks: longer than any transaction that seals, and than a worker is away. */
const LOOK_BACK_DAYS = 40;
const CLEARING = namedScope('clearing');

/** What both sides say about sealed records, until a window takes them. */
@Injectable()
export class Reviews implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('review.judge', () => this.db.tx(CLEARING, (tx) => this.judge(tx, null)));
    this.sweeps.add('review.deem_approved', () =>
      this.db.tx(CLEARING, (tx) => deemApproved(tx, this.clock.now())),
    );
  }

  /** Of one clearing network, or of all. A closing judges before it takes, so that no record slips by. */
  judge(tx: Tx, networkId: string | null): Promise<number> {
    const now = this.clock.now();
    return bounceImplausible(tx, { networkId, since: now.subtract({ hours: LOOK_BACK_DAYS * 24 }), now });
  }

  async list(actor: Actor, query: ReviewsQuery): Promise<ReviewPage> {
    return this.db.read(CLEARING, async (on) => {
      const { networkId, partyId } = query;
      const at = partyId
        ? await partyAt(on, this.directory, await this.directory.party(on, partyId))
        : { organisationId: networkId!, networkId: networkId! };
      demand(actor, 'windows:read', at);
      const found = await reviewsOf(on, query);
      const next = found.length === PAGE_SIZE ? found.at(-1)!.recordId : null;
      return { items: found.map(reviewView), next };
    });
  }

  /** By whoever speaks for the debtor, as long as the clock runs and no window has taken the record. */
  async decide(actor: Actor, recordId: string, body: PutDecision): Promise<ReviewView> {
    const record = await this.db.read(CLEARING, (on) => this.reviewable(on, actor, recordId));
    if (body.decision === 'DECLINED' && Temporal.Instant.compare(this.clock.now(), record.decideBy) > 0)
      throw ReviewProblems.clockRanOut(
        'It counts as approved. When its window is advised, dispute its line.',
      );
    return this.db.tx(CLEARING, async (tx) => {
      await this.addDecision(tx, record, body, actor.name);
      const decided = (await reviewOf(tx, recordId))!;
      if (decided.state !== body.decision)
        throw ReviewProblems.decided(`It is ${decided.state} and stays so.`, { state: decided.state });
      return reviewView(decided);
    });
  }

  /** A card shows that it was there, not who held it: the guest says so themselves. */
  async confirm(actor: Actor, recordId: string): Promise<ReviewView> {
    const personId = demandPerson(actor);
    return this.db.tx(CLEARING, async (tx) => {
      const record = await reviewOf(tx, recordId);
      if (!record) throw notFound();
      if (record.personRef !== derivedId(personId, 'person_ref'))
        throw ReviewProblems.notTheGuest('Sign in as the person who visited.');
      if (record.evidence !== 'C')
        throw ReviewProblems.needsNoWord('Only visits with a printed card wait for their guest.');
      await sql(
        tx,
        `INSERT INTO review.confirmations (record_id, network_id, home_network_id, host_network_id, confirmed_by,
           created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
        [...keyOf(record), actor.name, this.clock.now().toString()],
      );
      return reviewView((await reviewOf(tx, recordId))!);
    });
  }

  /** Every member of the network sees how reliable its hosts are. */
  quality(actor: Actor, networkId: string): Promise<QualityPage> {
    demand(actor, 'windows:read', { networkId });
    return this.db.read(CLEARING, async (on) => ({ items: await qualityOf(on, networkId), next: null }));
  }

  private async reviewable(on: Reader, actor: Actor, recordId: string): Promise<Reviewed> {
    const record = await reviewOf(on, recordId);
    if (!record) throw notFound();
    const [debtor, host] = [
      await this.directory.party(on, record.debtor.id),
      await this.directory.party(on, record.host.id),
    ];
    const at = await partyAt(on, this.directory, debtor);
    if (speaksFor(actor, at)) return record;
    const mayRead =
      may(actor, 'windows:read', at) ||
      may(actor, 'windows:read', await partyAt(on, this.directory, host)) ||
      may(actor, 'windows:read', { organisationId: record.networkId, networkId: record.networkId });
    if (!mayRead) throw notFound();
    demand(actor, 'windows:write', at);
    return record;
  }

  private async addDecision(tx: Tx, record: Reviewed, body: PutDecision, decidedBy: string): Promise<void> {
    const declined = body.decision === 'DECLINED' ? body : null;
    try {
      await sql(
        tx,
        `INSERT INTO review.decisions (record_id, network_id, home_network_id, host_network_id, decision, code, note,
           decided_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
        [
          ...keyOf(record),
          body.decision,
          declined?.code ?? null,
          declined?.note ?? null,
          decidedBy,
          this.clock.now().toString(),
        ],
      );
    } catch (error) {
      if (!violates(error, 'decisions_before_line')) throw error;
      throw ReviewProblems.onALine('A window has taken it: dispute its line.');
    }
  }
}

function keyOf({ recordId, networkId, homeNetworkId, hostNetworkId }: Reviewed): string[] {
  return [recordId, networkId, homeNetworkId, hostNetworkId];
}

function reviewView(reviewed: Reviewed): ReviewView {
  const { personRef: _ref, networkId: _n, homeNetworkId: _home, hostNetworkId: _host, ...view } = reviewed;
  return { ...view, decideBy: view.decideBy.toString() };
}

function notFound() {
  return ReviewProblems.notFound('Check the id; your spaces and networks have no such record.');
}
