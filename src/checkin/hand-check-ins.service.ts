import { Injectable } from '@nestjs/common';
import { BookingProblems } from '../bookings/index.js';
import { Identity, type Actor } from '../identity/index.js';
import { readPassCode } from '../kernel/pass-code/esc1.js';
import type { Space } from '../directory/index.js';
import { Passes } from '../passes/index.js';
import { Db, sql } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import { RateLimit } from '../platform/http/rate-limit.js';
import { namedScope, withNetworks } from '../platform/scope.js';
import { Arrivals } from './arrivals.service.js';
import { demandAtSpace } from './at-space.js';
import { GuestProblems } from './checkin.problems.js';
import type { ScanView } from './checkin.schema.js';
import type { FoundGuestView, GuestAtDesk, PostGuestSearch, PutHandCheckIn } from './desk.schema.js';
import { isInside } from './visit.queries.js';

const LOOK_UPS_MAX = 30;
const LOOK_UP_WINDOW_SECONDS = 15 * 60;

type Known = { readonly personId: string; readonly passId?: string };

/** Guests who come without a code that can be read: found in today's list, by their address or by their card. */
@Injectable()
export class HandCheckIns {
  /** An address is guessed at otherwise. */
  private readonly lookUps = new RateLimit({
    attemptsMax: LOOK_UPS_MAX,
    windowSeconds: LOOK_UP_WINDOW_SECONDS,
  });

  constructor(
    private readonly db: Db,
    private readonly identity: Identity,
    private readonly passes: Passes,
    private readonly arrivals: Arrivals,
  ) {}

  /** For staff to see that the right person stands there, before they let them in. */
  async search(actor: Actor, { spaceId, guest }: PostGuestSearch): Promise<FoundGuestView> {
    const space = await this.demand(actor, spaceId);
    const { personId } = await this.find(actor, space, guest);
    return this.db.read({ ...namedScope('identity'), person: personId }, async (on) => {
      const firstName = (await this.identity.firstNames(on, [personId])).get(personId) ?? '';
      const homeSpaceName = await this.arrivals.homeSpaceName(on, personId, space);
      return { firstName, homeSpaceName, isInside: await isInside(on, personId) };
    });
  }

  /** Evidence class C: nobody but the staff saw the guest. */
  async put(actor: Actor, id: string, body: PutHandCheckIn): Promise<ScanView> {
    const space = await this.demand(actor, body.spaceId);
    const known = await this.find(actor, space, body.guest);
    return this.arrivals.admit(withNetworks(actor.scope, space.networkId), {
      id,
      requestHash: requestHash(body),
      kind: 'HAND',
      space,
      by: actor.name,
      part: body.part,
      who: { ...known, evidence: 'C' },
    });
  }

  private async demand(actor: Actor, spaceId: string): Promise<Space> {
    const space = await this.arrivals.space(actor.scope, spaceId);
    demandAtSpace(actor, 'visits:write', space);
    return space;
  }

  private async find(actor: Actor, space: Space, guest: GuestAtDesk): Promise<Known> {
    if ('bookingId' in guest) return this.ofBooking(actor, space, guest.bookingId);
    this.lookUps.count(actor.id);
    const found = 'email' in guest ? await this.ofEmail(guest.email) : await this.ofCard(guest.card);
    if (found) return found;
    throw GuestProblems.unknown('Nobody in Escale has that address or card. Look at how it is written.');
  }

  private async ofBooking(actor: Actor, space: Space, bookingId: string): Promise<Known> {
    const [booking] = await this.db.read(actor.scope, (on) =>
      sql<Known>(
        on,
        `SELECT person_id AS "personId" FROM bookings.pub_bookings WHERE id = $1 AND space_id = $2`,
        [bookingId, space.id],
      ),
    );
    if (!booking) throw BookingProblems.notFound(`There is no booking ${bookingId} at this space.`);
    return booking;
  }

  private async ofEmail(email: string): Promise<Known | null> {
    const personId = await this.db.read(namedScope('identity'), (on) =>
      this.identity.personIdByEmail(on, email),
    );
    return personId ? { personId } : null;
  }

  /** A card that staff hold in their hands: its signature is judged when it is scanned, here it only names somebody. */
  private async ofCard(text: string): Promise<Known | null> {
    const parsed = readPassCode(text);
    if (typeof parsed === 'string' || parsed.proof) return null;
    const card = await this.db.read(namedScope('identity'), (on) =>
      this.passes.credentialByCti(on, parsed.credential.credentialId),
    );
    return card && card.revokedAt === null ? { personId: card.personId, passId: card.passId } : null;
  }
}
