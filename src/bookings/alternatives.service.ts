import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import { Problem } from '../kernel/problem.js';
import type { Tx } from '../platform/db.js';
import type { Booking } from './booking.js';
import { timeOf } from './day-parts.js';
import { Offers, type Offer } from './offers.js';
import { PoolDays } from './pool-days.js';
import { isStillFree } from './proposal.queries.js';
import { neverWorse, owesSeat, sameCityFirst } from './proposal.rules.js';
import type { Alternative, Proposal } from './proposal.js';

/** Further away than the nearest so many spaces is no alternative. */
const CANDIDATES = 50;

/** The nearest seat elsewhere that is never worse for the guest: a really free one, not one that a search saw. */
@Injectable()
export class Alternatives {
  constructor(
    private readonly directory: Directory,
    private readonly offers: Offers,
    private readonly poolDays: PoolDays,
  ) {}

  /** The scope must reach the guest (`person`) and make the days of any space (`sweep`). */
  async find(
    tx: Tx,
    { id, cause }: Pick<Proposal, 'id' | 'cause'>,
    booking: Booking,
  ): Promise<Alternative | null> {
    const space = await this.directory.space(tx, booking.spaceId);
    const { lat, lon } = space;
    const near = await this.directory.spacesNear(tx, { lat, lon, limit: CANDIDATES });
    for (const candidate of sameCityFirst(near, space)) {
      const offer = candidate.id === space.id ? null : await this.offerAt(tx, candidate, booking);
      const kept = offer && neverWorse(booking, offer, owesSeat(cause));
      if (!kept) continue;
      const free = await this.poolDays.freeIn(tx, kept.offer);
      if (await isStillFree(tx, { id, offer: kept.offer, free }, booking.id))
        return { ...kept, metres: candidate.metres };
    }
    return null;
  }

  /** A refusal is an answer here: the next one is asked. */
  private async offerAt(tx: Tx, space: Space, booking: Booking): Promise<Offer | null> {
    const { personId, resourceKind, day, passId } = booking;
    const wish = {
      personId,
      space,
      resourceKind,
      day,
      ...timeOf(booking),
      preferPassId: passId ?? undefined,
    };
    try {
      return await this.offers.atDoor(tx, wish);
    } catch (error) {
      if (error instanceof Problem) return null;
      throw error;
    }
  }
}
