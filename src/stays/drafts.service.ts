import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demandPerson, Identity, type Actor } from '../identity/index.js';
import { newId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { Calls, type Call } from './calls.service.js';
import { StayProblems } from './stay.problems.js';
import { insertMove, stayById } from './stay.queries.js';
import type { PutStay } from './stay.schema.js';
import { isInTime } from './stay.rules.js';
import { stayScope } from './stay-steps.js';

/** What an applicant writes, before it is handed in. */
@Injectable()
export class Drafts {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly identity: Identity,
    private readonly directory: Directory,
    private readonly calls: Calls,
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
