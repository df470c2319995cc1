import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { newId } from '../kernel/ids.js';
import { dayAt, Temporal, type PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { namedScope, withNetworks } from '../platform/scope.js';
import { stillOpen } from './books.queries.js';
import { AppealAnswered } from './charter.events.js';
import { CharterProblems } from './charter.problems.js';
import { findAppeal, stepsOf, type Appeal, type Member } from './member.queries.js';
import { isBefore, isNoticeLong, LEAVING_NOTICE_DAYS, RENEWAL_NOTICE_DAYS } from './member.rules.js';
import type {
  Command,
  MemberView,
  PutAppeal,
  PutAppealDecision,
  PutClosing,
  PutFinalSettlement,
  PutLeaving,
  PutSuspension,
} from './member.schema.js';
import { MemberSteps } from './member-steps.js';
import { Members } from './members.service.js';

const CLEARING = namedScope('clearing');
const ANYWHERE = namedScope('identity');

/** What can be appealed against: a suspension, and what a deadline did. */
const APPEALABLE: readonly Command[] = ['SUSPEND', 'LAPSE', 'TERMINATE'];

/** Suspended, appealed, let back in; leaving, closing, settled and gone. */
@Injectable()
export class Discipline {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly members: Members,
    private readonly steps: MemberSteps,
  ) {}

  async suspend(actor: Actor, memberId: string, id: string, body: PutSuspension): Promise<MemberView> {
    const member = await this.members.governed(actor, memberId);
    const { ground, reasons, untilDay } = body;
    const order = { ground, reasons, untilDay, deadline: untilDay, body };
    return this.take(actor, member, { id, command: 'SUSPEND', ...order });
  }

  async terminate(actor: Actor, memberId: string, id: string, body: PutLeaving): Promise<MemberView> {
    const member = await this.members.governed(actor, memberId);
    return this.leave(actor, member, { id, command: 'TERMINATE' }, body);
  }

  async withdraw(actor: Actor, memberId: string, id: string, body: PutLeaving): Promise<MemberView> {
    const member = await this.members.own(actor, memberId);
    return this.leave(actor, member, { id, command: 'WITHDRAW' }, body);
  }

  async close(actor: Actor, memberId: string, id: string, body: PutClosing): Promise<MemberView> {
    const member = await this.members.own(actor, memberId);
    return this.take(actor, member, { id, command: 'CLOSE', reasons: body.reasons, body });
  }

  /** The last thing: nothing is owed and nobody is still to come, or it is agreed how it will be paid. */
  async settle(actor: Actor, memberId: string, id: string, body: PutFinalSettlement): Promise<MemberView> {
    const member = await this.members.governed(actor, memberId);
    const isLeaving = member.state === 'TERMINATING' && member.deadline !== null;
    if (isLeaving && isBefore(this.today(), Temporal.PlainDate.from(member.deadline!)))
      throw CharterProblems.noticeRunning(`Its notice ends on ${member.deadline}. Settle then.`);
    if (member.space && member.state !== 'EXITED' && body.paymentPlan === null) {
      const reach = withNetworks(CLEARING, member.networkId);
      const open = await this.db.read(reach, (on) => stillOpen(on, member.space!.id));
      if (open.records + open.payments + open.bookings > 0)
        throw CharterProblems.notSettled(
          'Settle its windows, make its payments and find seats for its guests first, or agree on a payment plan.',
          open,
        );
    }
    return this.take(actor, member, { id, command: 'SETTLE', reasons: body.paymentPlan, body });
  }

  /** Against the last step that stopped it; once. */
  async appeal(actor: Actor, id: string, body: PutAppeal): Promise<MemberView> {
    const member = await this.members.own(actor, body.memberId);
    const hash = requestHash(body);
    await this.db.tx(withNetworks(actor.scope, member.networkId), async (tx) => {
      const earlier = await findAppeal(tx, id);
      if (earlier && earlier.hash !== hash)
        throw RequestProblems.idReused('This id is another appeal. Make a new id.');
      if (earlier) return;
      const [step] = await stepsOf(tx, member.id);
      if (!step || !APPEALABLE.includes(step.command))
        throw CharterProblems.notAppealable(
          'Only a suspension, a termination or a lapse can be appealed against.',
        );
      await insertAppeal(tx, [
        id,
        member.id,
        step.id,
        body.text,
        actor.name,
        member.networkId,
        hash,
        this.now(),
      ]);
    });
    return this.members.get(actor, body.memberId);
  }

  /** By somebody who did not take the step. What a deadline did is nobody's: any administrator decides. */
  async decide(actor: Actor, id: string, body: PutAppealDecision): Promise<MemberView> {
    const appeal = await this.db.read(ANYWHERE, (on) => findAppeal(on, id));
    if (!appeal) throw noAppeal(id);
    const member = await this.members.governed(actor, appeal.memberId);
    if (appeal.stepBy === actor.name)
      throw CharterProblems.ownDecision('You have taken this step: another administrator decides.');
    await this.db.tx(withNetworks(actor.scope, member.networkId), async (tx) => {
      if (!(await answerAppeal(tx, [id, body.outcome, body.statement, actor.name, this.now()])))
        return this.demandSameAnswer(tx, id, body);
      if (body.outcome === 'UPHELD') await this.restore(tx, member, appeal, actor.name);
      const cause = { actor: actor.name, networkIds: [member.networkId] };
      await this.outbox.add(tx, AppealAnswered, { appealId: id }, cause);
    });
    return this.members.get(actor, appeal.memberId);
  }

  /** Whoever comes back without having signed what is in force gets the time to do so. */
  async restore(tx: Tx, member: Member, appeal: Pick<Appeal, 'id'> | null, by: string): Promise<void> {
    const deadline = this.today().add({ days: RENEWAL_NOTICE_DAYS });
    const order = { id: newId(), command: 'RESTORE', by, body: appeal?.id, deadline } as const;
    await this.steps.take(tx, member, order);
  }

  private leave(
    actor: Actor,
    member: Member,
    step: { readonly id: string; readonly command: 'TERMINATE' | 'WITHDRAW' },
    body: PutLeaving,
  ): Promise<MemberView> {
    if (!isNoticeLong(this.today(), body.day, LEAVING_NOTICE_DAYS) && member.state !== 'TERMINATING')
      throw CharterProblems.noticeTooShort(`At least ${LEAVING_NOTICE_DAYS} days: name a later day.`, {
        days: LEAVING_NOTICE_DAYS,
      });
    const { day, reasons } = body;
    return this.take(actor, member, { ...step, reasons, untilDay: day, deadline: day, body });
  }

  private async take(
    actor: Actor,
    member: Member,
    order: Omit<Parameters<MemberSteps['take']>[2], 'by'>,
  ): Promise<MemberView> {
    await this.db.tx(withNetworks(actor.scope, member.networkId), async (tx) => {
      if (await this.steps.isDone(tx, order.id, order.body)) return;
      await this.steps.take(tx, member, { ...order, by: actor.name });
    });
    return this.members.get(actor, member.id);
  }

  private async demandSameAnswer(
    tx: Tx,
    id: string,
    { outcome, statement }: PutAppealDecision,
  ): Promise<void> {
    const appeal = await findAppeal(tx, id);
    if (appeal?.outcome === outcome && appeal.statement === statement) return;
    throw CharterProblems.appealDecided('It was decided already, and stays so.', {
      outcome: appeal?.outcome,
    });
  }

  private today(): PlainDate {
    return dayAt(this.clock.now(), 'UTC');
  }

  private now(): string {
    return this.clock.now().toString();
  }
}

async function insertAppeal(tx: Tx, values: readonly string[]): Promise<void> {
  try {
    await sql(
      tx,
      `INSERT INTO charter.appeals (id, member_id, step_id, text, appealed_by, network_id, request_hash, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [...values],
    );
  } catch (error) {
    if (!violates(error, 'appeals_once')) throw error;
    throw CharterProblems.appealedAlready('There is one appeal against each step. Wait for its answer.');
  }
}

/** false when it was decided before. */
async function answerAppeal(tx: Tx, values: readonly string[]): Promise<boolean> {
  const answered = await sql(
    tx,
    `UPDATE charter.appeals SET outcome = $2, statement = $3, decided_by = $4, decided_at = $5
      WHERE id = $1 AND outcome IS NULL RETURNING id`,
    [...values],
  );
  return answered.length > 0;
}

function noAppeal(id: string) {
  return CharterProblems.appealNotFound(`There is no appeal ${id} in your networks.`);
}
