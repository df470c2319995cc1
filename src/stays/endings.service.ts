import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { dayAt } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Directory } from '../directory/index.js';
import { sql, type Tx } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { release } from './calls.service.js';
import { atMost } from './grant.rules.js';
import { Instalments } from './instalments.service.js';
import { Placements } from './placements.service.js';
import { awaitReports, isPresenceOpen } from './presences.service.js';
import { StayProblems } from './stay.problems.js';
import type { Stay } from './stay.queries.js';
import type { PutStayCancellation, PutStayInterruption, PutStayStatement } from './stay.schema.js';
import { StaySteps, type Led, type Taken } from './stay-steps.js';

const STATEMENTS = 2;

/** How a stay ends: early or in time, told by both sides, and reckoned on the days that were attested. */
@Injectable()
export class Endings {
  constructor(
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly placements: Placements,
    private readonly instalments: Instalments,
    private readonly steps: StaySteps,
  ) {}

  interrupt(actor: Actor, id: string, body: PutStayInterruption): Promise<void> {
    return this.steps.take(actor, { stayId: id, act: 'INTERRUPT', body }, async ({ tx, stay }) => {
      const now = this.clock.now();
      const { timeZone } = await this.directory.space(tx, stay.stayPlace!.id);
      const today = dayAt(now, timeZone).toString();
      await sql(tx, 'UPDATE stays.stays SET interrupted_at = $2, is_force_majeure = $3 WHERE id = $1', [
        id,
        now.toString(),
        body.isForceMajeure,
      ]);
      await awaitReports(tx, stay, today < stay.untilDay ? today : stay.untilDay);
      return { to: 'AWAITING_REPORTS', reason: body.reasons };
    });
  }

  fileStatement(actor: Actor, id: string, body: PutStayStatement): Promise<void> {
    const order = { stayId: id, act: 'FILE_STATEMENT', body, side: body.side } as const;
    return this.steps.take(actor, order, async ({ tx, stay }) => {
      const hash = requestHash(body);
      const filed = await sql(
        tx,
        `INSERT INTO stays.statements (stay_id, side, network_id, learnt, changes, filed_by, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING side`,
        [
          id,
          body.side,
          stay.networkId,
          body.learnt,
          body.changes,
          actor.name,
          hash,
          this.clock.now().toString(),
        ],
      );
      if (filed.length === 1) return { to: stay.state, reason: body.side };
      const same = await sql(
        tx,
        'SELECT 1 FROM stays.statements WHERE stay_id = $1 AND side = $2 AND request_hash = $3',
        [id, body.side, hash],
      );
      if (same.length === 0)
        throw StayProblems.statementFiled('What was filed is not changed: tell the coordinator what to add.');
      return null;
    });
  }

  /** Both sides have told what they learnt, and nothing about the presence can change any more. */
  acceptReports(actor: Actor, id: string): Promise<void> {
    const order = { stayId: id, act: 'ACCEPT_REPORTS', body: { id } } as const;
    return this.steps.take(
      actor,
      order,
      async ({ tx, stay }) => {
        const filed = await sql(tx, 'SELECT 1 FROM stays.statements WHERE stay_id = $1', [id]);
        if (filed.length < STATEMENTS)
          throw StayProblems.statementsMissing(
            'The guest and the host each file a learning statement first.',
          );
        if (await isPresenceOpen(tx, stay))
          throw StayProblems.presenceOpen('A visit of this stay is sealed a day after it: come back then.');
        return this.reckon(tx, stay);
      },
      namedScope('sweep'), // visits of the host's network are read
    );
  }

  orderBalance(actor: Actor, id: string): Promise<void> {
    const order = { stayId: id, act: 'ORDER_BALANCE', body: { id } } as const;
    return this.steps.take(actor, order, async ({ tx, stay }) => {
      const finalMinor = BigInt(stay.finalMinor!);
      const isDue = await this.instalments.settle(tx, stay, { finalMinor, actor: actor.name });
      const to = isDue ? 'BALANCE_DUE' : 'CLOSED';
      await sql(tx, 'UPDATE stays.stays SET state = $2 WHERE id = $1', [id, to]);
      return { to };
    });
  }

  cancel(actor: Actor, id: string, body: PutStayCancellation): Promise<void> {
    return this.steps.take(actor, { stayId: id, act: 'CANCEL', body }, (taken) =>
      this.canceled(taken, actor, body),
    );
  }

  private async canceled({ tx, stay }: Taken, actor: Actor, { reasons }: PutStayCancellation): Promise<Led> {
    await sql(
      tx,
      `UPDATE stays.stays SET state = 'CANCELED', final_minor = CASE WHEN planned_minor IS NULL THEN NULL ELSE 0 END
       WHERE id = $1`,
      [stay.id],
    );
    if (stay.plannedMinor !== null) {
      await release(tx, stay.callId, BigInt(stay.plannedMinor));
      await this.instalments.settle(tx, stay, { finalMinor: 0n, actor: actor.name });
    }
    return { to: 'CANCELED', reason: reasons };
  }

  /** Never more days than were planned, and never more money than was committed. */
  private async reckon(tx: Tx, stay: Stay): Promise<Led> {
    const planned = BigInt(stay.plannedMinor!);
    const days = Math.min(stay.attestedDays, stay.days);
    const { totalMinor } = await this.placements.grant(tx, stay, days);
    const finalMinor = atMost(totalMinor, planned);
    await sql(tx, `UPDATE stays.stays SET state = 'REPORTS_ACCEPTED', final_minor = $2 WHERE id = $1`, [
      stay.id,
      finalMinor,
    ]);
    await release(tx, stay.callId, planned - finalMinor);
    return { to: 'REPORTS_ACCEPTED' };
  }
}
