import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { Ledger } from '../ledger/index.js';
import { Passes } from '../passes/index.js';
import type { Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { Sponsorships } from '../programmes/index.js';
import { Reciprocity } from '../reciprocity/index.js';
import type { Booking } from './booking.js';
import { thaw } from './frozen-offer.js';

export type Outcome = 'post' | 'void' | 'expire';

/** What a booking sets aside and how that ends: half-days in the ledger, or a voucher of a programme. */
@Injectable()
export class Entitlements {
  constructor(
    private readonly directory: Directory,
    private readonly ledger: Ledger,
    private readonly passes: Passes,
    private readonly reciprocity: Reciprocity,
    private readonly sponsorships: Sponsorships,
  ) {}

  /** `again`: of a booking whose entitlement was set aside before, and lost. */
  async hold(tx: Tx, booking: Booking, again = false): Promise<void> {
    const { personId, halfDays, passId, programmeId, day, resourceKind } = booking;
    const hold = { holdId: holdOf(booking), halfDays, reason: `booking ${booking.id}` };
    if (programmeId) {
      const space = await this.directory.space(tx, booking.spaceId);
      const sponsored = { id: booking.id, programmeId, personId, space, resourceKind, day, halfDays };
      return this.sponsorships.reserve(tx, sponsored, { evenReleased: again });
    }
    if (passId) return this.passes.hold(tx, { ...hold, passId, hostSpaceId: booking.spaceId, day });
    if (booking.funding !== 'VISA_QUOTA') return;
    const hostSpace = { id: booking.spaceId, networkId: booking.hostNetworkId };
    const quota = {
      ...hold,
      personId,
      hostSpace,
      year: day.year,
      homeSpaceId: booking.homeSpaceId,
      day,
    };
    await this.reciprocity.holdQuota(tx, quota, thaw(booking.terms));
  }

  /** What the guest pays by card has no hold. A sponsor pays for who came, not for who did not. */
  async resolve(tx: Tx, booking: Booking, outcome: Outcome): Promise<void> {
    if (booking.funding === 'SPONSOR_VOUCHER') {
      if (booking.state === 'FULFILLED') return this.sponsorships.deliver(tx, booking.id);
      if (outcome === 'post') return this.sponsorships.forfeit(tx, booking.id);
      return this.sponsorships.release(tx, booking.id);
    }
    if (booking.funding !== 'PAY_AS_YOU_GO') await this.ledger[outcome](tx, holdOf(booking));
  }

  /** What was used comes back: there was no visit, or another one. */
  async giveBack(tx: Tx, booking: Booking, why: string): Promise<void> {
    if (booking.funding === 'PAY_AS_YOU_GO') return;
    const { personId, programmeId } = booking;
    if (programmeId && booking.state === 'NO_SHOW')
      return this.sponsorships.returnMissed(tx, { personId, programmeId });
    if (programmeId) return this.sponsorships.undo(tx, booking.id);
    await this.ledger.reverse(tx, holdOf(booking), `${why}: booking ${booking.id}`);
    if (booking.passId) await this.passes.refill(tx, booking.passId);
  }
}

function holdOf({ id, reopened }: Pick<Booking, 'id' | 'reopened'>): string {
  return derivedId(id, reopened === 0 ? 'hold' : `hold/${reopened}`);
}
