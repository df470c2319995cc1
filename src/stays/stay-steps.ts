import { Injectable } from '@nestjs/common';
import { may, type Actor } from '../identity/index.js';
import { newId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import { Db, violates, type Reader, type Tx } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import type { Scope } from '../platform/scope.js';
import { StayMoves } from './stay-moves.js';
import { StayProblems } from './stay.problems.js';
import { isRepeated, lockStay, stayById, type Stay } from './stay.queries.js';
import { isInTime, sidesFor } from './stay.rules.js';
import type { Act, Side, StayState } from './stay.words.schema.js';

export type Order = {
  readonly stayId: string;
  readonly act: Act;
  readonly body: unknown;
  /** For whom, where somebody may speak for more than one side. */
  readonly side?: Side;
};
export type Taken = { readonly tx: Tx; readonly stay: Stay; readonly side: Side };
/** Where the step leads; null: it had been taken already. */
export type Led = { readonly to: StayState; readonly reason?: string } | null;

/** A stay concerns a person, institutions of no network and hosts of another one: whose turn it is decides, not whose row. */
export function stayScope(actor: Actor): Scope {
  return { networks: [], person: actor.personId, name: 'stays' };
}

/** How every step of a stay is taken: the row locked, the moment and the side checked, the move written down. */
@Injectable()
export class StaySteps {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly moves: StayMoves,
  ) {}

  async take(
    actor: Actor,
    order: Order,
    work: (taken: Taken) => Promise<Led>,
    scope: Scope = stayScope(actor),
  ): Promise<void> {
    const { stayId, act } = order;
    const hash = requestHash(order.body);
    try {
      await this.db.tx(scope, async (tx) => {
        await lockStay(tx, stayId);
        const stay = await seenStay(tx, actor, stayId);
        if (!isInTime(act, stay.state)) {
          if (await isRepeated(tx, { stayId, act, requestHash: hash, movedBy: actor.name })) return;
          throw StayProblems.wrongState(`The stay is ${stay.state}: read what comes next in it.`, {
            state: stay.state,
          });
        }
        const side = sideOf(actor, stay, order);
        const led = await work({ tx, stay, side });
        if (!led) return;
        await this.moves.insert(tx, stay, {
          id: newId(),
          act,
          side,
          from: stay.state,
          to: led.to,
          reason: led.reason ?? '',
          movedBy: actor.name,
          requestHash: hash,
          now: this.clock.now(),
        });
      });
    } catch (error) {
      throw overlapOf(error) ?? error;
    }
  }
}

export async function seenStay(on: Reader, actor: Actor, id: string): Promise<Stay> {
  const stay = await stayById(on, id);
  const sides = stay ? sidesOf(actor, stay) : new Set<Side>();
  const isDraftOfAnother = stay?.state === 'DRAFT' && !sides.has('PARTICIPANT');
  if (!stay || sides.size === 0 || isDraftOfAnother)
    throw StayProblems.notFound('Check the id; you have no part in such a stay.');
  return stay;
}

/** For whom of the parties somebody may speak. */
export function sidesOf(actor: Actor, stay: Stay): Set<Side> {
  const { employer, legalHost, hostOperatorId, grantBody, networkId } = stay;
  const answers = (organisationId: string | undefined | null) =>
    organisationId ? may(actor, 'stays:answer', { organisationId }) : false;
  const sides: [Side, boolean][] = [
    ['PARTICIPANT', actor.personId === stay.personId],
    ['EMPLOYER', answers(employer.id)],
    ['HOST', answers(hostOperatorId) || answers(legalHost?.id)],
    ['LEGAL_HOST', answers(legalHost?.id)],
    ['GRANT_BODY', may(actor, 'stays:pay', { organisationId: grantBody.id, networkId: grantBody.id })],
    ['COORDINATOR', may(actor, 'stays:coordinate', { organisationId: networkId, networkId })],
  ];
  return new Set(sides.filter(([, is]) => is).map(([side]) => side));
}

function sideOf(actor: Actor, stay: Stay, { act, side: wanted }: Order): Side {
  const own = sidesFor(act, sidesOf(actor, stay)).filter((side) => !wanted || side === wanted);
  const [side] = own;
  if (!side) throw StayProblems.wrongSide('Another party of the stay takes this step.');
  if (side !== 'PARTICIPANT' && actor.personId === stay.personId)
    throw StayProblems.ownDecision('Somebody else of your organisation has to take this step for it.');
  return side;
}

function overlapOf(error: unknown) {
  if (!violates(error, 'stays_never_overlap')) return null;
  return StayProblems.overlap('Withdraw the other stay, or choose other days.');
}
