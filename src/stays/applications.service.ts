import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import type { Actor } from '../identity/index.js';
import { dayAt, Temporal, type PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/db.js';
import { Calls } from './calls.service.js';
import { breachOf, rulesOf, type Breach } from './legal-basis.rules.js';
import { StayProblems } from './stay.problems.js';
import { othersOnBasis, spanOf, type Stay } from './stay.queries.js';
import type { PutStayDecision } from './stay.schema.js';
import { StaySteps } from './stay-steps.js';

const ANSWER_ZONE = 'UTC';

/** From handing in to the employer's answer. */
@Injectable()
export class Applications {
  constructor(
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly calls: Calls,
    private readonly steps: StaySteps,
  ) {}

  submit(actor: Actor, id: string): Promise<void> {
    return this.steps.take(actor, { stayId: id, act: 'SUBMIT', body: { id } }, async ({ tx, stay }) => {
      await this.calls.openCall(tx, stay.callId);
      // Two applications of one person at once would not see each other's days.
      await sql(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`stays/${stay.personId}`]);
      const { timeZone } = await this.directory.space(tx, stay.originSpaceId);
      const now = this.clock.now();
      const rules = await this.demandAllowed(tx, stay, dayAt(now, timeZone));
      const dueAt = now.toZonedDateTimeISO(ANSWER_ZONE).add({ months: rules.answerMonths }).toInstant();
      await sql(tx, `UPDATE stays.stays SET state = 'EMPLOYER_REVIEW', employer_due_at = $2 WHERE id = $1`, [
        id,
        dueAt.toString(),
      ]);
      return { to: 'EMPLOYER_REVIEW' };
    });
  }

  decide(actor: Actor, id: string, body: PutStayDecision): Promise<void> {
    return this.steps.take(actor, { stayId: id, act: 'DECIDE', body }, async ({ tx }) => {
      if (body.decision !== 'AGREED' && body.reasons === '')
        throw StayProblems.reasonsMissing('Say why: a refusal or a deferral has to give its reasons.');
      const to = ({ AGREED: 'MATCHING', REFUSED: 'REFUSED', DEFERRED: 'DEFERRED' } as const)[body.decision];
      await sql(tx, 'UPDATE stays.stays SET state = $2, employer_due_at = NULL WHERE id = $1', [id, to]);
      return { to, reason: body.reasons };
    });
  }

  /** The days that were asked for, and each of the alternatives. */
  private async demandAllowed(tx: Tx, stay: Stay, today: PlainDate) {
    const others = await othersOnBasis(tx, stay);
    const wishes = [{ fromDay: stay.fromDay, untilDay: stay.untilDay }, ...stay.alternatives].map(spanOf);
    for (const wish of wishes) {
      const rules = rulesOf(stay.legalBasis, wish.from);
      if (!rules) throw StayProblems.basisNotOffered('This legal basis was not in force yet on these days.');
      const breach = breachOf(rules, {
        span: { ...wish, days: stay.days },
        today,
        employerCountry: stay.employer.country,
        isEarlyAgreed: stay.isEarlyAgreed,
        others,
        earlierDays: stay.earlierDays,
      });
      if (breach) throw refusalOf(breach);
    }
    return rulesOf(stay.legalBasis, Temporal.PlainDate.from(stay.fromDay))!;
  }
}

function refusalOf({ kind, rules, found }: Breach) {
  const { source, noticeMonths, daysMin, daysMax, total, country } = rules;
  const extra = { source, found };
  switch (kind) {
    case 'COUNTRY':
      return StayProblems.basisNotOffered(`This legal basis is for employers in ${country}.`, extra);
    case 'NOTICE':
      return StayProblems.noticeTooShort(
        `Ask ${noticeMonths} months before the first day, or say that your employer has agreed to less.`,
        extra,
      );
    case 'DAYS':
      return StayProblems.daysNotAllowed(
        `From ${daysMin} to ${daysMax ?? 'any number of'} days, and no more than the period has.`,
        extra,
      );
    case 'TOTAL':
      return StayProblems.daysSpent(
        `${total!.days} days in ${total!.months} months at most: with this stay it would be ${found}.`,
        extra,
      );
  }
}
