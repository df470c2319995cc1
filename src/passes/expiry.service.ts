import { Injectable, type OnModuleInit } from '@nestjs/common';
import { dayAt } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { findGuestPass, findGuestsDue, setGuestState } from './guest.queries.js';
import { changeState } from './lifecycle.js';
import {
  findDayPacks,
  findPass,
  lockPass,
  passAccounts,
  periodAccount,
  periodAccounts,
  sourceAccount,
  type Pass,
} from './pass.queries.js';
import { lastDayOver } from './pass.rules.js';
import { PassExpiring, PassLapsed } from './passes.events.js';
import { carriedOver, WARN_DAYS_BEFORE } from './product.rules.js';
import { isUsedUp, Sources } from './sources.js';

const SWEEP_SIZE_MAX = 500;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** What time does to passes: warnings, ends of periods, the end, and what becomes of the half-days left. */
@Injectable()
export class Expiry implements OnModuleInit {
  private lookedAtUntil = NOBODY;

  constructor(
    private readonly db: Db,
    private readonly sources: Sources,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('passes.warn', () => this.warn());
    this.sweeps.add('passes.periods', () => this.closePeriods());
    this.sweeps.add('passes.expire', () => this.expireDue());
    this.sweeps.add('passes.guests', () => this.lapseGuests());
    this.sweeps.add('passes.lapse', () => this.lapseRests());
    this.sweeps.add('passes.exhaust', () => this.exhaust());
  }

  /** Writes down what `stateAt` already says. */
  private expireDue(): Promise<number> {
    const now = this.clock.now();
    const due = `valid_until + CASE WHEN paused_on IS NOT NULL AND pause_extends THEN $2::date - paused_on ELSE 0 END <= $1
       AND state IN ('ISSUED', 'ACTIVE', 'PAUSED', 'EXHAUSTED')`;
    return this.forEach(
      due,
      [lastDayOver(now).toString(), dayAt(now, 'UTC').toString()],
      async (tx, pass) => {
        await changeState(tx, pass, 'expire', { actor: 'system', now });
        await this.lapse(tx, pass);
      },
    );
  }

  /** Half-days that came back after the end. */
  private lapseRests(): Promise<number> {
    return this.forEach(`state = 'EXPIRED' AND settled_at IS NULL`, [], (tx, pass) => this.lapse(tx, pass));
  }

  /** A member's half-days are the team's; a guest's go back to where they came from. */
  private async lapse(tx: Tx, pass: Pass): Promise<void> {
    const back = pass.guestOf ? await this.guestsSource(tx, pass) : null;
    const to = back ?? passAccounts(pass.id).lapsed;
    if (pass.drawnFrom === null) {
      const lapsed = await this.sources.empty(tx, periodAccounts(pass), {
        to,
        reason: back ? 'guest returned' : 'lapsed',
      });
      if (lapsed > 0 && !back) await this.announceLapse(tx, pass, lapsed);
    }
    if (pass.heldHalfDays > 0 && pass.drawnFrom === null) return;
    await sql(tx, 'UPDATE passes.passes SET settled_at = $2 WHERE id = $1', [
      pass.id,
      this.clock.now().toString(),
    ]);
  }

  private async guestsSource(tx: Tx, pass: Pass): Promise<string | null> {
    const invitation = await findGuestPass(tx, pass.id);
    const inviter = pass.guestOf ? await findPass(tx, pass.guestOf) : null;
    if (!invitation || !inviter) return null;
    await sql(tx, 'UPDATE passes.passes SET settled_at = NULL WHERE id = $1', [inviter.id]);
    return sourceAccount(inviter, invitation);
  }

  /** Who did not come. A confirmed guest's own pass returns its half-days at its end. */
  private lapseGuests(): Promise<number> {
    const day = lastDayOver(this.clock.now());
    return this.db.tx(namedScope('sweep'), async (tx) => {
      const due = await findGuestsDue(tx, day, SWEEP_SIZE_MAX);
      for (const invitation of due) {
        const pass = await findPass(tx, invitation.passId);
        if (pass && invitation.state === 'SENT') await this.sources.returnGuests(tx, pass, invitation);
        await setGuestState(tx, invitation.id, 'LAPSED');
      }
      return due.length;
    });
  }

  private closePeriods(): Promise<number> {
    const next = lastDayOver(this.clock.now()).add({ days: 1 }).toString();
    const due = `kind = 'PERIOD' AND drawn_from IS NULL AND periods_closed < periods - 1
       AND state IN ('ISSUED', 'ACTIVE', 'PAUSED')
       AND (valid_from + make_interval(months => period_months * (periods_closed + 1)))::date <= $1`;
    return this.forEach(due, [next], async (tx, pass) => {
      const index = pass.periodsClosed;
      const rule = { quota: pass.halfDays, rollOver: pass.rollOver, isLast: index + 1 >= pass.periods };
      const { carried, lapsed } = carriedOver(pass.leftOfPeriods[index] ?? 0, rule);
      const from = periodAccount(pass, index);
      await this.sources.move(tx, {
        from,
        to: periodAccount(pass, index + 1),
        halfDays: carried,
        reason: 'rolled over',
      });
      await this.sources.move(tx, {
        from,
        to: passAccounts(pass.id).lapsed,
        halfDays: lapsed,
        reason: 'lapsed',
      });
      if (lapsed > 0) await this.announceLapse(tx, pass, lapsed);
      await sql(tx, 'UPDATE passes.passes SET periods_closed = periods_closed + 1 WHERE id = $1', [pass.id]);
    });
  }

  /** Once before each of the days named, and only the nearest when the sweep comes late. */
  private async warn(): Promise<number> {
    const today = dayAt(this.clock.now(), 'UTC').toString();
    const due = `state IN ('ISSUED', 'ACTIVE') AND drawn_from IS NULL AND guest_of IS NULL AND valid_until >= $1
       AND valid_until - $1::date <= $2 AND valid_until - valid_from >= 2 * $2
       AND NOT EXISTS (SELECT FROM passes.warnings warning
         WHERE warning.pass_id = passes.id AND warning.days_before <= $2 AND warning.valid_until = passes.valid_until)`;
    let warned = 0;
    for (const days of WARN_DAYS_BEFORE.toReversed()) {
      warned += await this.forEach(due, [today, days], async (tx, pass) => {
        await sql(
          tx,
          `INSERT INTO passes.warnings (pass_id, days_before, valid_until, network_id, created_at)
           VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
          [pass.id, days, pass.validUntil.toString(), pass.networkId, this.clock.now().toString()],
        );
        if ((pass.leftOfPeriods.at(-1) ?? 0) === 0) return;
        const payload = { passId: pass.id, daysBefore: days };
        await this.outbox.add(tx, PassExpiring, payload, { actor: 'system', networkIds: [pass.networkId] });
      });
    }
    return warned;
  }

  /** Half-days are posted and given back by others; the state follows, some hundred passes at each turn. */
  private async exhaust(): Promise<number> {
    const now = this.clock.now();
    const packs = await this.db.read(namedScope('sweep'), (on) => findDayPacks(on, this.lookedAtUntil));
    this.lookedAtUntil = packs.at(-1)?.id ?? NOBODY;
    let changed = 0;
    for (const { id } of packs.filter(isMisnamed)) {
      changed += await this.db.tx(namedScope('sweep'), async (tx) => {
        const pass = await lockPass(tx, id);
        if (!pass || !isMisnamed(pass)) return 0;
        await changeState(tx, pass, isUsedUp(pass) ? 'exhaust' : 'refill', { actor: 'system', now });
        return 1;
      });
    }
    return changed;
  }

  private async forEach(
    condition: string,
    values: unknown[],
    act: (tx: Tx, pass: Pass) => Promise<void>,
  ): Promise<number> {
    return this.db.tx(namedScope('sweep'), async (tx) => {
      const due = await sql<{ id: string }>(
        tx,
        `SELECT id FROM passes.passes WHERE ${condition} ORDER BY id LIMIT ${SWEEP_SIZE_MAX} FOR UPDATE SKIP LOCKED`,
        values,
      );
      for (const { id } of due) await act(tx, (await findPass(tx, id))!);
      return due.length;
    });
  }

  private announceLapse(tx: Tx, pass: Pass, halfDays: number): Promise<void> {
    const about = { actor: 'system', networkIds: [pass.networkId] };
    return this.outbox.add(tx, PassLapsed, { passId: pass.id, halfDays }, about);
  }
}

/** Used up and not called so, or the other way round. */
function isMisnamed(pass: Pass): boolean {
  return pass.state === (isUsedUp(pass) ? 'ACTIVE' : 'EXHAUSTED');
}
