import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demandPerson, Identity, type Actor } from '../identity/index.js';
import { newId } from '../kernel/ids.js';
import { dayAt, Temporal, type PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { Calls, type Call } from './calls.service.js';
import { breachOf, rulesOf, type Breach } from './legal-basis.rules.js';
import { StayProblems } from './stay.problems.js';
import { insertMove, othersOnBasis, spanOf, stayById, type Stay } from './stay.queries.js';
import type { PutStay, PutStayDecision } from './stay.schema.js';
import { isInTime } from './stay.rules.js';
import { StaySteps, stayScope } from './stay-steps.js';

const ANSWER_ZONE = 'UTC';

/** From a draft to the employer's answer. */
@Injectable()
export class Applications {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly identity: Identity,
    private readonly directory: Directory,
    private readonly calls: Calls,
    private readonly steps: StaySteps,
  ) {}

  /** A draft may be written again, until it is handed in or when it has been deferred. */
  async put(actor: Actor, id: string, body: PutStay): Promise<void> {
    const personId = demandPerson(actor);
    const hash = requestHash(body);
    await this.db.tx(stayScope(actor), async (tx) => {
      const earlier = await stayById(tx, id);
      if (earlier?.personId === personId && earlier.requestHash === hash) return;
      if (earlier && (earlier.personId !== personId || !isInTime('APPLY', earlier.state)))
        throw RequestProblems.idReused('This id stands for an application that is handed in already.');
      const call = await this.calls.openCall(tx, body.callId);
      demandWithin(call, body);
      await this.identity.organisation(tx, body.employerId);
      await this.directory.space(tx, body.originSpaceId);
      if (earlier) return this.rewrite(tx, id, { ...body, hash });
      const { name } = await this.identity.person(tx, personId);
      await this.insert(tx, { ...body, id, hash, personId, name, call });
      const draft = { from: 'DRAFT', to: 'DRAFT', side: 'PARTICIPANT', act: 'APPLY', reason: '' } as const;
      const move = { id: newId(), movedBy: actor.name, requestHash: hash, now: this.clock.now() };
      await insertMove(tx, { id, networkId: call.network.id }, { ...draft, ...move });
    });
  }

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

  private async insert(
    tx: Tx,
    stay: PutStay & { readonly id: string; hash: string; personId: string; name: string; call: Call },
  ): Promise<void> {
    await sql(
      tx,
      `INSERT INTO stays.stays (id, call_id, network_id, person_id, participant_name, direction, unit, created_at,
         state, ${WISHES.join(', ')})
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'DRAFT', ${placeholders(9).join(', ')})`,
      [
        stay.id,
        stay.callId,
        stay.call.network.id,
        stay.personId,
        stay.name,
        stay.call.direction,
        stay.call.budget.unit,
        this.clock.now().toString(),
        ...wishesOf(stay),
      ],
    );
  }

  private async rewrite(tx: Tx, id: string, stay: PutStay & { readonly hash: string }): Promise<void> {
    const places = placeholders(2);
    const set = WISHES.map((column, index) => `${column} = ${places[index]}`);
    await sql(tx, `UPDATE stays.stays SET ${set.join(', ')} WHERE id = $1`, [id, ...wishesOf(stay)]);
  }
}

/** What an applicant writes, as columns in the order of `wishesOf`. */
const WISHES = [
  'legal_basis',
  'employer_id',
  'status',
  'motivation',
  'questions',
  'languages',
  'from_day',
  'until_day',
  'days',
  'alternatives',
  'origin_space_id',
  'travel_days',
  'is_green',
  'is_early_agreed',
  'earlier_days',
  'request_hash',
] as const;

function placeholders(first: number): string[] {
  return WISHES.map((column, index) => `$${first + index}${column === 'languages' ? '::text[]' : ''}`);
}

function wishesOf(stay: PutStay & { readonly hash: string }): unknown[] {
  return [
    stay.legalBasis,
    stay.employerId,
    stay.status,
    stay.motivation,
    stay.questions,
    stay.languages,
    stay.fromDay,
    stay.untilDay,
    stay.days,
    JSON.stringify(stay.alternatives),
    stay.originSpaceId,
    stay.travelDays,
    stay.isGreen,
    stay.isEarlyAgreed,
    stay.earlierDays,
    stay.hash,
  ];
}

function demandWithin(call: Call, stay: PutStay): void {
  if (!call.legalBases.includes(stay.legalBasis))
    throw StayProblems.basisNotOffered(`Choose one of ${call.legalBases.join(', ')}.`, {
      legalBases: call.legalBases,
    });
  const isOutside = [stay, ...stay.alternatives].some(
    ({ fromDay, untilDay }) => fromDay < call.fromDay || untilDay > call.untilDay,
  );
  if (isOutside)
    throw StayProblems.outsidePeriod(`Stays of this call lie between ${call.fromDay} and ${call.untilDay}.`, {
      fromDay: call.fromDay,
      untilDay: call.untilDay,
    });
  if (!stay.languages.some((language) => call.languages.includes(language)))
    throw StayProblems.languageNotShared(`Hosts of this call speak ${call.languages.join(', ')}.`, {
      languages: call.languages,
    });
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
