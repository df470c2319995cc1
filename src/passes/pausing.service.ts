import { Injectable, type OnModuleInit } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { dayAt, Temporal, type PlainDate } from '../kernel/time.js';
import { may, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { namedScope, withNetworks } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { changeState } from './lifecycle.js';
import { mayRead, notFound } from './issuing.service.js';
import { PassProblems } from './pass.problems.js';
import { findPass, lockPass, type Pass } from './pass.queries.js';
import { stateAt } from './pass.rules.js';
import type { PassView } from './pass.schema.js';
import { roleOf, viewPass } from './pass.views.js';
import { findPauses } from './pause.queries.js';
import { lastDayOf, pausedDaysIn, pauseEnds, type PauseBy } from './product.rules.js';

const SWEEP_SIZE_MAX = 500;

/** A pass that rests: its holder's own wish, within the days of the product, or the network's. */
@Injectable()
export class Pausing implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('passes.resume', () => this.resumeDue());
  }

  pause(actor: Actor, id: string): Promise<PassView> {
    return this.change(actor, id, async (tx, pass, by) => {
      const now = this.clock.now();
      if (stateAt(pass, now) === 'PAUSED') return;
      const today = dayAt(now, 'UTC');
      if (by === 'HOLDER') await refusePause(tx, pass, today);
      await changeState(tx, pass, 'pause', { actor: actor.name, now });
      await sql(tx, 'UPDATE passes.passes SET paused_on = $2, paused_by = $3 WHERE id = $1', [
        id,
        today.toString(),
        by,
      ]);
    });
  }

  /** On the day of the pause itself it is as if nothing had been. */
  resume(actor: Actor, id: string): Promise<PassView> {
    return this.change(actor, id, async (tx, pass, by) => {
      if (['ISSUED', 'ACTIVE'].includes(stateAt(pass, this.clock.now()))) return;
      if (by === 'HOLDER' && pass.pausedBy === 'NETWORK') {
        throw PassProblems.pauseNotAllowed('The network paused this pass: ask there to resume it.');
      }
      await this.end(tx, pass, actor.name);
    });
  }

  /** Pauses that have used up the days of the year. */
  private async resumeDue(): Promise<number> {
    const today = dayAt(this.clock.now(), 'UTC');
    return this.db.tx(namedScope('sweep'), async (tx) => {
      const paused = await sql<{ id: string }>(
        tx,
        `SELECT id FROM passes.passes WHERE state = 'PAUSED' AND paused_by = 'HOLDER' AND paused_on < $1
         ORDER BY paused_on LIMIT ${SWEEP_SIZE_MAX} FOR UPDATE SKIP LOCKED`,
        [today.toString()],
      );
      let resumed = 0;
      for (const { id } of paused) {
        const pass = (await findPass(tx, id))!;
        if (Temporal.PlainDate.compare(await endOfPause(tx, pass), today) > 0) continue;
        await this.end(tx, pass, 'system');
        resumed += 1;
      }
      return resumed;
    });
  }

  private async end(tx: Tx, pass: Pass, actor: string): Promise<void> {
    const now = this.clock.now();
    await changeState(tx, pass, 'resume', { actor, now });
    if (!pass.pausedOn || !pass.pausedBy) return;
    const today = dayAt(now, 'UTC');
    const limit = pass.pausedBy === 'HOLDER' ? await endOfPause(tx, pass) : today;
    const until = Temporal.PlainDate.compare(limit, today) < 0 ? limit : today;
    await sql(
      tx,
      `INSERT INTO passes.pauses (id, pass_id, network_id, person_id, paused_by, from_day, until_day, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        newId(now.epochMilliseconds),
        pass.id,
        pass.networkId,
        pass.personId,
        pass.pausedBy,
        pass.pausedOn.toString(),
        until.toString(),
        now.toString(),
      ],
    );
    await sql(
      tx,
      'UPDATE passes.passes SET paused_on = NULL, paused_by = NULL, valid_until = $2 WHERE id = $1',
      [pass.id, lastDayOf(pass, until).toString()],
    );
  }

  private async change(
    actor: Actor,
    id: string,
    act: (tx: Tx, pass: Pass, by: PauseBy) => Promise<void>,
  ): Promise<PassView> {
    const seen = await this.db.read(actor.scope, (on) => findPass(on, id));
    if (!seen || !mayRead(actor, seen)) throw notFound(id);
    const isNetworks = may(actor, 'passes:write', { networkId: seen.networkId });
    const by = seen.personId === actor.personId || !isNetworks ? 'HOLDER' : 'NETWORK';
    return this.db.tx(withNetworks(actor.scope, seen.networkId), async (tx) => {
      const pass = (await lockPass(tx, id)) ?? seen;
      await act(tx, pass, by);
      return viewPass(tx, (await findPass(tx, id))!, this.clock.now());
    });
  }
}

async function refusePause(tx: Tx, pass: Pass, today: PlainDate): Promise<void> {
  if (roleOf(pass) !== 'PERSONAL' || pass.pauseDaysPerYear === 0) {
    throw PassProblems.pauseNotAllowed('This kind of pass has no pause. Ask the network that issued it.');
  }
  const taken = pausedDaysIn(today.year, await ownPauses(tx, pass));
  if (taken >= pass.pauseDaysPerYear) {
    throw PassProblems.pauseNotAllowed('The days of pause of this year are used up.', { takenDays: taken });
  }
}

async function ownPauses(tx: Tx, { id }: Pass) {
  const pauses = (await findPauses(tx, [id])).get(id) ?? [];
  return pauses.filter(({ pausedBy }) => pausedBy === 'HOLDER');
}

async function endOfPause(tx: Tx, pass: Pass): Promise<PlainDate> {
  return pauseEnds(pass.pausedOn!, await ownPauses(tx, pass), pass.pauseDaysPerYear);
}
