import { Injectable } from '@nestjs/common';
import { Directory, Hosting } from '../directory/index.js';
import type { PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import type { Reader, Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { MemberMoved } from './charter.events.js';
import { CharterProblems } from './charter.problems.js';
import { findStep, signaturesOf, type Member } from './member.queries.js';
import { hostingStopOf, moved } from './member.rules.js';
import type { Command, Grounds } from './member.schema.js';
import { insertStep, moveMember } from './member-writes.js';
import { findBelow, findCurrent, type Version } from './version.queries.js';

export type Order = {
  readonly id: string;
  readonly command: Command;
  readonly by: string;
  /** What was asked, so that the same request is known again. */
  readonly body?: unknown;
  readonly ground?: Grounds | null;
  readonly reasons?: string | null;
  readonly untilDay?: PlainDate | null;
  readonly deadline?: PlainDate | null;
};

/** Takes members from state to state; whether they host follows from it. */
@Injectable()
export class MemberSteps {
  constructor(
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly hosting: Hosting,
    private readonly outbox: Outbox,
  ) {}

  /** The version in force for a member. */
  async current(on: Reader, { networkId }: Pick<Member, 'networkId'>): Promise<Version | null> {
    return findCurrent(on, await this.directory.networkChain(on, networkId));
  }

  /** The networks whose charter this is: a chapter with one of its own keeps it. */
  async networksUnder(on: Reader, version: Pick<Version, 'id' | 'networkId'>): Promise<string[]> {
    const under: string[] = [];
    for (const id of await findBelow(on, version.networkId))
      if ((await this.current(on, { networkId: id }))?.id === version.id) under.push(id);
    return under;
  }

  /** Was the same asked before? Then it is done. */
  async isDone(on: Reader, id: string, body: unknown): Promise<boolean> {
    const step = await findStep(on, id);
    if (step && step.hash !== requestHash(body))
      throw RequestProblems.idReused('This id is another step. Make a new id.');
    return step !== null;
  }

  async take(tx: Tx, member: Member, order: Order): Promise<void> {
    const { command, id } = order;
    const version = await this.current(tx, member);
    const signed = version ? await signaturesOf(tx, member.id) : [];
    const hasSigned = signed.some(({ versionId }) => versionId === version?.id);
    const to = moved(member.state, command, { hasSigned, isConfirmed: member.confirmedAt !== null });
    if (to === null) throw wrongState(member, command);
    const step = {
      ...order,
      memberId: member.id,
      networkId: member.networkId,
      from: member.state,
      to,
      hash: requestHash(order.body),
      at: this.clock.now(),
    };
    if (!(await insertStep(tx, step))) return;
    if (!(await moveMember(tx, step))) throw wrongState(member, command);
    if (member.space) {
      const space = { id: member.space.id, networkId: member.networkId };
      await this.hosting.set(tx, space, hostingStopOf(to), order.by);
    }
    const cause = { actor: order.by, networkIds: [member.networkId] };
    await this.outbox.add(tx, MemberMoved, { stepId: id, memberId: member.id }, cause);
  }
}

function wrongState({ state }: Member, command: Command) {
  return CharterProblems.wrongState(
    `The member is ${state}: ${command} is not the step to take from there.`,
    {
      state,
      command,
    },
  );
}
