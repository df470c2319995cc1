import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { Identity, type Actor } from '../identity/index.js';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { demandFreeSlot } from './calls.service.js';
import { grantOf, kilometresBetween, type Grant } from './grant.rules.js';
import { SCHEME_RULES } from './grant-schemes.data.js';
import { needsPublicHost, rulesOf } from './legal-basis.rules.js';
import { StayProblems } from './stay.problems.js';
import type { Stay } from './stay.queries.js';
import type { PutStayAnswer, PutStayMatch } from './stay.schema.js';
import { StaySteps, type Led, type Taken } from './stay-steps.js';

export const MATCH_DAYS = 14;
const HOURS_PER_DAY = 24;

/** Who hosts, where, on which of the days that were offered; then both sides say yes or no. */
@Injectable()
export class Placements {
  constructor(
    private readonly clock: Clock,
    private readonly identity: Identity,
    private readonly directory: Directory,
    private readonly steps: StaySteps,
  ) {}

  propose(actor: Actor, id: string, body: PutStayMatch): Promise<void> {
    return this.steps.take(actor, { stayId: id, act: 'PROPOSE_MATCH', body }, async ({ tx, stay }) => {
      await demandFreeSlot(tx, stay.callId);
      demandOffered(stay, body);
      const place = await this.directory.space(tx, body.stayPlaceId);
      if (place.networkId === stay.employerNetworkId)
        throw StayProblems.sameChapter('Choose a host of another chapter: nobody is sent to their own.');
      const pools = await this.directory.poolsOf(tx, place.id);
      if (!pools.some(({ resourceKind, capacity }) => resourceKind === 'hot_desk' && capacity > 0))
        throw StayProblems.placeWithoutDesk(`${place.name} has no desk for a guest: choose another place.`);
      await this.demandHost(tx, stay, body.legalHostId);
      await this.grant(tx, { ...stay, stayPlace: place }, stay.days);
      const expiresAt = this.clock.now().add({ hours: MATCH_DAYS * HOURS_PER_DAY });
      await sql(
        tx,
        `UPDATE stays.stays SET state = 'MATCHED', stay_place_id = $2, host_network_id = $3, legal_host_id = $4,
           tutor_name = $5, from_day = $6, until_day = $7, match_expires_at = $8, person_accepted_at = NULL,
           host_accepted_at = NULL WHERE id = $1`,
        [
          id,
          place.id,
          place.networkId,
          body.legalHostId,
          body.tutorName,
          body.fromDay,
          body.untilDay,
          expiresAt.toString(),
        ],
      );
      return { to: 'MATCHED' };
    });
  }

  answer(actor: Actor, id: string, body: PutStayAnswer): Promise<void> {
    return this.steps.take(actor, { stayId: id, act: 'ANSWER_MATCH', body }, (taken) =>
      this.answered(taken, body),
    );
  }

  /** What the stay would be granted for so many days of presence. */
  async grant(
    on: Reader,
    stay: Pick<Stay, 'originSpaceId' | 'grantScheme' | 'isGreen' | 'travelDays' | 'stayPlace'>,
    activityDays: number,
  ): Promise<Grant> {
    const [origin, place] = [
      await this.directory.space(on, stay.originSpaceId),
      await this.directory.space(on, stay.stayPlace!.id),
    ];
    const grant = grantOf(SCHEME_RULES[stay.grantScheme], {
      country: place.country,
      kilometres: kilometresBetween(origin, place),
      isGreen: stay.isGreen,
      activityDays,
      travelDays: stay.travelDays,
    });
    if (!grant)
      throw StayProblems.rateUnknown(
        `${SCHEME_RULES[stay.grantScheme].source}: it says nothing of ${place.country} at this distance.`,
      );
    return grant;
  }

  private async answered({ tx, stay, side }: Taken, { answer, reasons }: PutStayAnswer): Promise<Led> {
    const now = this.clock.now();
    if (Temporal.Instant.compare(now, Temporal.Instant.from(stay.matchExpiresAt!)) > 0)
      throw StayProblems.matchExpired('It was open for 14 days: the coordinator may propose it again.');
    if (answer === 'DECLINED') {
      if (reasons === '') throw StayProblems.reasonsMissing('Say why: the next match will be a better one.');
      await unmatch(tx, stay.id);
      return { to: 'MATCHING', reason: reasons };
    }
    const column = side === 'PARTICIPANT' ? 'person_accepted_at' : 'host_accepted_at';
    await sql(tx, `UPDATE stays.stays SET ${column} = coalesce(${column}, $2) WHERE id = $1`, [
      stay.id,
      now.toString(),
    ]);
    const isBoth = side === 'PARTICIPANT' ? stay.hostAcceptedAt : stay.personAcceptedAt;
    if (!isBoth) return { to: 'MATCHED' };
    await sql(tx, `UPDATE stays.stays SET state = 'AGREEMENT_DRAFT', match_expires_at = NULL WHERE id = $1`, [
      stay.id,
    ]);
    return { to: 'AGREEMENT_DRAFT' };
  }

  /** A private space can be where somebody stays; where a public body must answer for it, it cannot be who signs. */
  private async demandHost(on: Reader, stay: Stay, legalHostId: string): Promise<void> {
    const host = await this.identity.organisation(on, legalHostId);
    const rules = rulesOf(stay.legalBasis, Temporal.PlainDate.from(stay.fromDay))!;
    if (host.kind !== 'institution' && needsPublicHost(rules, stay.direction))
      throw StayProblems.legalHostNotPublic(
        `${host.name} is no public body: name one as the legal host, and keep the place.`,
        { source: rules.source },
      );
  }
}

/** Back among those that look for a host. */
export async function unmatch(tx: Tx, id: string): Promise<void> {
  await sql(
    tx,
    `UPDATE stays.stays SET state = 'MATCHING', stay_place_id = NULL, host_network_id = NULL, legal_host_id = NULL,
       tutor_name = NULL, match_expires_at = NULL, person_accepted_at = NULL, host_accepted_at = NULL WHERE id = $1`,
    [id],
  );
}

function demandOffered(stay: Stay, match: PutStayMatch): void {
  const offered = [stay, ...stay.alternatives].some(
    ({ fromDay, untilDay }) => fromDay === match.fromDay && untilDay === match.untilDay,
  );
  if (!offered)
    throw StayProblems.datesNotOffered('Choose the days of the application, or one of its alternatives.', {
      alternatives: stay.alternatives,
    });
}
