import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import type { Actor } from '../identity/index.js';
import { newId } from '../kernel/ids.js';
import { dayAt, Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope, withNetworks } from '../platform/scope.js';
import { visitsAt } from './books.queries.js';
import { CharterProblems } from './charter.problems.js';
import {
  findMember,
  findMembers,
  lastAssessment,
  openSinceOf,
  reviewsOf,
  type Member,
} from './member.queries.js';
import {
  FOUNDERS_MAX,
  isMember,
  isStillGood,
  mayConfirm,
  mustBeForeign,
  outcomeOf,
  topicsAtZero,
  withoutEvidence,
} from './member.rules.js';
import type { MemberView, PutAssessment, PutPeerReview, PutSignature } from './member.schema.js';
import { MemberSteps } from './member-steps.js';
import { demandOwn, Members } from './members.service.js';

const CLEARING = namedScope('clearing');
const ANYWHERE = namedScope('identity');

/** The way into a charter, and the yearly way on: assessed, reviewed by peers, signed, confirmed. */
@Injectable()
export class Joining {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly members: Members,
    private readonly steps: MemberSteps,
  ) {}

  /** Every year, at any state; what it scores decides what it may do next. */
  async assess(actor: Actor, memberId: string, id: string, { answers }: PutAssessment): Promise<MemberView> {
    const member = await this.members.own(actor, memberId);
    const silent = withoutEvidence(answers);
    if (silent.length > 0)
      throw CharterProblems.evidenceMissing('Say what shows the score, topic by topic.', { topics: silent });
    const hash = requestHash(answers);
    await this.db.tx(withNetworks(actor.scope, member.networkId), async (tx) => {
      const inserted = await sql(
        tx,
        `INSERT INTO charter.assessments (id, member_id, network_id, answers, assessed_by, request_hash, created_at)
         VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7) ON CONFLICT (id) DO NOTHING RETURNING id`,
        [
          id,
          memberId,
          member.networkId,
          JSON.stringify(answers),
          actor.name,
          hash,
          this.clock.now().toString(),
        ],
      );
      if (inserted.length === 0) return demandSame(tx, 'assessments', id, hash);
      const isJoining = member.state === 'APPLIED' || member.state === 'RETURNED';
      if (!isJoining || topicsAtZero(answers).length > 0) return;
      await this.steps.take(tx, member, { id: newId(), command: 'ASSESS', by: actor.name });
      // An institution has no peers to look at it: its word and its signature are enough.
      const assessed = (await findMember(tx, memberId))!;
      if (member.kind === 'INSTITUTION')
        await this.steps.take(tx, assessed, { id: newId(), command: 'RECOMMEND', by: actor.name });
    });
    return this.members.get(actor, memberId);
  }

  async review(actor: Actor, memberId: string, id: string, body: PutPeerReview): Promise<MemberView> {
    const member = await this.members.reviewed(actor, memberId);
    const hash = requestHash(body);
    const networks = await this.db.read(ANYWHERE, (on) => this.peersOf(on, actor, member, body));
    await this.db.tx(withNetworks(actor.scope, member.networkId, ...networks), async (tx) => {
      if (await isStored(tx, 'peer_reviews', id)) return demandSame(tx, 'peer_reviews', id, hash);
      const assessment = await lastAssessment(tx, memberId);
      if (member.state !== 'ASSESSED' || !assessment)
        throw CharterProblems.wrongState(`The member is ${member.state}: there is nothing to review.`, {
          state: member.state,
        });
      const reviewer = await this.directory.space(tx, body.reviewerSpaceId);
      await this.insertReview(
        tx,
        { id, member, assessmentId: assessment.id, hash, by: actor.name },
        body,
        reviewer.country,
      );
      const outcome = outcomeOf(await reviewsOf(tx, assessment.id), member.country);
      const reasons = outcome === 'RETURN' ? body.reasons : null;
      if (outcome)
        await this.steps.take(tx, member, { id: newId(), command: outcome, by: actor.name, reasons });
    });
    return this.members.get(actor, memberId);
  }

  /** The first members of a charter have nobody who could review them: their network vouches. */
  async found(actor: Actor, memberId: string, id: string): Promise<MemberView> {
    const member = await this.members.governed(actor, memberId);
    await this.db.tx(withNetworks(actor.scope, member.networkId), async (tx) => {
      if (await this.steps.isDone(tx, id, undefined)) return;
      const version = await this.steps.current(tx, member);
      if (!version) throw noCharter();
      const networkIds = await this.steps.networksUnder(tx, version);
      const members = (await findMembers(tx, { networkIds })).filter(
        ({ state, kind }) => isIn(state) && kind === 'SPACE',
      );
      if (members.length >= FOUNDERS_MAX)
        throw CharterProblems.foundersOver(
          `${FOUNDERS_MAX} spaces have joined: ask two of them to review this one.`,
        );
      await this.steps.take(tx, member, { id, command: 'FOUND', by: actor.name });
    });
    return this.members.get(actor, memberId);
  }

  async sign(actor: Actor, memberId: string, id: string, body: PutSignature): Promise<MemberView> {
    const member = await this.members.own(actor, memberId);
    const hash = requestHash(body);
    await this.db.tx(withNetworks(actor.scope, member.networkId), async (tx) => {
      if (await isStored(tx, 'signatures', id)) return demandSame(tx, 'signatures', id, hash);
      await this.demandSignable(tx, member, body);
      await this.insertSignature(tx, { id, member, hash, by: actor.name }, body);
      await this.steps.take(tx, member, { id: newId(), command: 'SIGN', by: actor.name });
    });
    return this.members.get(actor, memberId);
  }

  async confirm(actor: Actor, memberId: string, id: string): Promise<MemberView> {
    const member = await this.members.governed(actor, memberId);
    const visits = member.space ? await this.db.read(CLEARING, (on) => visitsAt(on, member.space!.id)) : 0;
    await this.db.tx(withNetworks(actor.scope, member.networkId), async (tx) => {
      if (await this.steps.isDone(tx, id, undefined)) return;
      if (member.state === 'PROVISIONAL' && member.space) await this.demandTried(tx, member, visits);
      await this.steps.take(tx, member, { id, command: 'CONFIRM', by: actor.name });
    });
    return this.members.get(actor, memberId);
  }

  /** The networks in whose name the reviewer speaks; refuses who is no member, or not impartial. */
  private async peersOf(on: Reader, actor: Actor, member: Member, body: PutPeerReview): Promise<string[]> {
    const [peer] = await findMembers(on, { spaceId: body.reviewerSpaceId });
    if (!peer || !isMember(peer.state))
      throw CharterProblems.peerNotMember('Review in the name of a space that has signed the charter.');
    demandOwn(actor, peer.organisation.id);
    const ofCandidate = member.organisation.id;
    const isItself = peer.organisation.id === ofCandidate;
    const worksThere = actor.grants.some(({ organisationId }) => organisationId === ofCandidate);
    const assessment = await lastAssessment(on, member.id);
    const reviews = assessment ? await reviewsOf(on, assessment.id) : [];
    const others = reviews.filter(({ id, reviewer }) => id !== '' && reviewer.id !== body.reviewerSpaceId);
    const sameHouse = others.some(({ operatorId }) => operatorId === peer.organisation.id);
    if (isItself || worksThere || sameHouse)
      throw CharterProblems.peerConflict(
        'A peer works neither there nor for the other reviewer. Let another space do it.',
      );
    const isAnswered = reviews.some(({ reviewer }) => reviewer.id === body.reviewerSpaceId);
    if (!isAnswered && mustBeForeign(reviews, peer.country, member.country))
      throw CharterProblems.peerMustBeForeign(
        'One of the two is from another country: this place is kept for it.',
      );
    return [peer.networkId];
  }

  /** What is signed is the text in force, as it was read, by a member that stands by it. */
  private async demandSignable(tx: Tx, member: Member, body: PutSignature): Promise<void> {
    const version = await this.steps.current(tx, member);
    if (!version) throw noCharter();
    if (version.id !== body.versionId)
      throw CharterProblems.notCurrent(`Version ${version.number} is in force: read and sign that one.`);
    if (version.hash !== body.hash)
      throw CharterProblems.hashDiffers('The hash is not the one of this version. Read it again, then sign.');
    const assessment = await lastAssessment(tx, member.id);
    if (!assessment || !isStillGood(Temporal.Instant.from(assessment.at), this.clock.now()))
      throw CharterProblems.assessmentMissing('Assess yourselves first; an assessment is good for a year.');
    const zero = topicsAtZero(assessment.answers);
    if (zero.length > 0)
      throw CharterProblems.topicAtZero(
        'No topic may stand at zero. Do something about it, then assess again.',
        {
          topics: zero,
        },
      );
  }

  private async demandTried(tx: Tx, member: Member, visits: number): Promise<void> {
    const openSince = await openSinceOf(tx, member.id);
    const today = dayAt(this.clock.now(), 'UTC');
    const facts = {
      openSince: Temporal.PlainDate.from(openSince ?? today.toString()),
      visits,
      provisionalSince: dayAt(member.provisionalAt!, 'UTC'),
    };
    if (!mayConfirm(facts, today))
      throw CharterProblems.tooEarlyToConfirm(
        'A space is confirmed when it has been open for three months, and after five visits or 90 days.',
        { visits, openSince },
      );
  }

  private async insertReview(
    tx: Tx,
    of: Said & { assessmentId: string },
    body: PutPeerReview,
    country: string,
  ): Promise<void> {
    try {
      await sql(
        tx,
        `INSERT INTO charter.peer_reviews (id, member_id, network_id, assessment_id, reviewer_space_id, reviewer_country,
           verdict, reasons, reviewed_by, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          of.id,
          of.member.id,
          of.member.networkId,
          of.assessmentId,
          body.reviewerSpaceId,
          country,
          body.verdict,
          body.reasons,
          of.by,
          of.hash,
          this.clock.now().toString(),
        ],
      );
    } catch (error) {
      if (!violates(error, 'peer_reviews_once')) throw error;
      throw CharterProblems.peerReviewed('A peer reviews an assessment once. Another space may do it.');
    }
  }

  private async insertSignature(tx: Tx, of: Said, body: PutSignature): Promise<void> {
    try {
      await sql(
        tx,
        `INSERT INTO charter.signatures (id, member_id, network_id, version_id, hash, language, method, signer_name,
           signer_role, signed_by, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          of.id,
          of.member.id,
          of.member.networkId,
          body.versionId,
          body.hash,
          body.language,
          body.method,
          body.signerName,
          body.signerRole,
          of.by,
          of.hash,
          this.clock.now().toString(),
        ],
      );
    } catch (error) {
      if (!violates(error, 'signatures_once')) throw error;
      throw CharterProblems.signedAlready('One signature to a version is enough.');
    }
  }
}

type Said = { readonly id: string; readonly member: Member; readonly hash: string; readonly by: string };
type Table = 'assessments' | 'peer_reviews' | 'signatures';

function isIn(state: Member['state']): boolean {
  return isMember(state) || state === 'REVIEWED';
}

async function isStored(tx: Tx, table: Table, id: string): Promise<boolean> {
  return (await sql(tx, `SELECT FROM charter.${table} WHERE id = $1`, [id])).length === 1;
}

async function demandSame(tx: Tx, table: Table, id: string, hash: string): Promise<void> {
  const query = `SELECT FROM charter.${table} WHERE id = $1 AND request_hash = $2`;
  if ((await sql(tx, query, [id, hash])).length === 0)
    throw RequestProblems.idReused('This id stands for something else. Make a new id.');
}

function noCharter() {
  return CharterProblems.noCharter('Its network has published no charter yet.');
}
