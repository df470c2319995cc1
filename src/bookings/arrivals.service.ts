import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import { demandPerson, type Actor } from '../identity/index.js';
import { Problem } from '../kernel/problem.js';
import { Temporal, type PlainDate } from '../kernel/time.js';
import type { Part } from '../kernel/words.js';
import { Clock } from '../platform/clock.js';
import { Db, type Reader } from '../platform/db.js';
import type { ArrivalQuery, ArrivalView } from './arrival.schema.js';
import { awaitedBooking } from './booking.queries.js';
import { bookingView, nextDayView, offerWithOptionsView } from './booking.views.js';
import { timeOf } from './day-parts.js';
import { Foresight } from './foresight.service.js';
import { Offers, type Offer } from './offers.js';

/** What a guest would be told at the door, before they set out. */
@Injectable()
export class Arrivals {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly offers: Offers,
    private readonly foresight: Foresight,
  ) {}

  async foresee(actor: Actor, spaceId: string, query: ArrivalQuery): Promise<ArrivalView> {
    const personId = demandPerson(actor);
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, spaceId));
    const { day, part } = this.whenAt(space, query);
    const { resourceKind } = query;
    await this.offers.prepareKind(space, resourceKind, day);
    return this.db.read(actor.scope, async (on) => {
      const from = { personId, space, resourceKind, day, part };
      const booking = await awaitedBooking(on, { personId, spaceId, day });
      const offer = booking ? await this.foresight.asBooked(on, booking, space) : await this.atDoor(on, from);
      const isRefused = offer instanceof Problem;
      const told = isRefused ? { part } : timeOf(offer);
      const after = { personId, space, resourceKind, day, ...told };
      const next = await this.foresight.after(on, after, isRefused || booking ? undefined : offer);
      return {
        spaceId,
        day: day.toString(),
        part: isRefused ? part : offer.part,
        booking: booking && bookingView(booking),
        visit: isRefused ? null : offerWithOptionsView(offer),
        refusal: isRefused ? { code: offer.code, title: offer.title, detail: offer.detail } : null,
        next: next && nextDayView(next),
      };
    });
  }

  private async atDoor(on: Reader, from: Parameters<Offers['atDoor']>[1]): Promise<Offer | Problem> {
    try {
      return await this.offers.offerAtDoor(on, from);
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  }

  private whenAt(space: Space, { day: asked, part }: ArrivalQuery): { day: PlainDate; part: Part } {
    const here = this.clock.now().toZonedDateTimeISO(space.timeZone);
    const day = asked ?? here.toPlainDate();
    const isAfternoon =
      day.equals(here.toPlainDate()) &&
      Temporal.PlainTime.compare(here.toPlainTime(), space.halfDayBoundary) >= 0;
    return { day, part: part ?? (isAfternoon ? 'AFTERNOON' : 'DAY') };
  }
}
