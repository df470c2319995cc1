import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import { demandPerson, type Actor } from '../identity/index.js';
import { dayAt, Temporal, type PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import {
  findGuestPass,
  findGuestPassesOf,
  findGuestsOn,
  lockGuestPass,
  setGuestState,
  type GuestPass,
} from './guest.queries.js';
import type { GuestPassPage, GuestPassView, PutGuestPass } from './guest.schema.js';
import { notFound } from './issuing.service.js';
import { revokePass } from './lifecycle.js';
import { PassMails } from './pass-mails.js';
import { GuestPassProblems, PassProblems } from './pass.problems.js';
import { findPass, lockPass, type Pass } from './pass.queries.js';
import { isInScope, stateAt, USABLE } from './pass.rules.js';
import { roleOf } from './pass.views.js';
import { Sources, startOn } from './sources.js';

const TOKEN_BYTES = 24;

/** A holder invites somebody for a day: what they may use is set aside at once, and comes back when unused. */
@Injectable()
export class GuestPasses {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly mails: PassMails,
    private readonly sources: Sources,
    private readonly clock: Clock,
  ) {}

  async put(actor: Actor, id: string, body: PutGuestPass): Promise<GuestPassView> {
    const seen = await this.ownPass(actor, body.passId);
    const hash = requestHash(body);
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    return this.db.tx(withNetworks(actor.scope, seen.networkId), async (tx) => {
      const pass = (await lockPass(tx, body.passId)) ?? seen;
      const known = await findGuestPass(tx, id);
      if (known?.requestHash === hash) return view(known);
      if (known) throw idReused();
      await this.refuse(tx, pass, body);
      await startOn(tx, pass, body.day);
      const invitation = await this.insert(tx, pass, { id, body, hash, token });
      await this.sources.setAside(tx, pass, invitation);
      await this.mails.invited(tx, invitation, token);
      return view(invitation);
    });
  }

  async list(actor: Actor, passId: string): Promise<GuestPassPage> {
    const pass = await this.ownPass(actor, passId);
    const found = await this.db.read(actor.scope, (on) => findGuestPassesOf(on, pass.id));
    return { items: found.map(view), next: null };
  }

  /** Until the guest is there. What was set aside comes back. */
  async withdraw(actor: Actor, id: string): Promise<GuestPassView> {
    const personId = demandPerson(actor);
    const seen = await this.db.read(actor.scope, (on) => findGuestPass(on, id));
    if (seen?.personId !== personId) throw guestPassNotFound(id);
    return this.db.tx(withNetworks(actor.scope, seen.networkId), async (tx) => {
      const pass = await lockPass(tx, seen.passId);
      const invitation = (await lockGuestPass(tx, id)) ?? seen;
      if (invitation.state === 'WITHDRAWN') return view(invitation);
      if (!pass || !['SENT', 'CONFIRMED'].includes(invitation.state)) {
        throw GuestPassProblems.over('The guest has been there, or the day is over.', {
          state: invitation.state,
        });
      }
      await this.sources.returnGuests(tx, pass, invitation);
      await revokePass(tx, id, {
        actor: actor.name,
        reason: 'invitation withdrawn',
        now: this.clock.now(),
      });
      await setGuestState(tx, id, 'WITHDRAWN');
      await this.mails.withdrawn(tx, invitation);
      return view({ ...invitation, state: 'WITHDRAWN' });
    });
  }

  private async ownPass(actor: Actor, id: string): Promise<Pass> {
    const personId = demandPerson(actor);
    const pass = await this.db.read(actor.scope, (on) => findPass(on, id));
    if (pass?.personId !== personId) throw notFound(id);
    return pass;
  }

  private async refuse(tx: Tx, pass: Pass, { spaceId, day }: PutGuestPass): Promise<void> {
    if (roleOf(pass) !== 'PERSONAL' || pass.guestsPerDay === 0) {
      throw GuestPassProblems.notAllowed('This kind of pass is for its holder alone.');
    }
    const space = await this.directory.space(tx, spaceId);
    await this.refuseVisit(tx, pass, { space, day });
    const guests = await findGuestsOn(tx, pass.id, day);
    if (guests.length >= pass.guestsPerDay) {
      throw GuestPassProblems.dayLimit('Choose another day, or withdraw an invitation for this one.', {
        guestsPerDay: pass.guestsPerDay,
      });
    }
  }

  private async refuseVisit(tx: Tx, pass: Pass, { space, day }: { space: Space; day: PlainDate }) {
    const now = this.clock.now();
    const networkChain = await this.directory.networkChain(tx, space.networkId);
    const place = { spaceId: space.id, networkChain, resourceKind: 'hot_desk' };
    const isIn =
      Temporal.PlainDate.compare(pass.validFrom, day) <= 0 &&
      Temporal.PlainDate.compare(day, pass.validUntil) <= 0;
    const isPast = Temporal.PlainDate.compare(day, dayAt(now, space.timeZone)) < 0;
    if (USABLE.includes(stateAt(pass, now)) && isIn && !isPast && isInScope(pass.scope, place)) return;
    throw PassProblems.notUsable(
      'The pass is not good at this space on that day. Choose another day or space.',
    );
  }

  private async insert(
    tx: Tx,
    pass: Pass,
    { id, body, hash, token }: { id: string; body: PutGuestPass; hash: string; token: string },
  ): Promise<GuestPass> {
    const rows = await sql(
      tx,
      `INSERT INTO passes.guest_passes (id, pass_id, network_id, person_id, guest_name, guest_email, language,
         space_id, day, part, half_days, state, token_hash, request_hash, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'SENT', $12, $13, $14)
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [
        id,
        pass.id,
        pass.networkId,
        pass.personId,
        body.name,
        body.email,
        body.language,
        body.spaceId,
        body.day.toString(),
        body.part,
        body.part === 'DAY' ? 2 : 1,
        hashToken(token),
        hash,
        this.clock.now().toString(),
      ],
    );
    if (rows.length === 0) throw idReused(); // somebody else's
    return (await findGuestPass(tx, id))!;
  }
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function guestPassNotFound(id: string) {
  return GuestPassProblems.notFound(`There is no guest pass ${id} of yours.`);
}

function idReused() {
  return RequestProblems.idReused('This id stands for another guest: make a new one.');
}

function view(invitation: GuestPass): GuestPassView {
  const { id, passId, guestName, guestEmail, spaceId, day, part, halfDays, state } = invitation;
  return { id, passId, guestName, guestEmail, spaceId, day: day.toString(), part, halfDays, state };
}
