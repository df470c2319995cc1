import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { Identity } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { RateLimit } from '../platform/http/rate-limit.js';
import { namedScope } from '../platform/scope.js';
import { Credentials } from './credentials.service.js';
import { hashToken } from './guest-passes.service.js';
import { firstName } from './pass-mails.js';
import { findGuestPass, lockGuestPass, type GuestPass } from './guest.queries.js';
import type { GuestInvitationView, PutGuestCredential } from './guest.schema.js';
import { GuestPassProblems } from './pass.problems.js';
import { findPass, type Pass } from './pass.queries.js';
import { stateAt, USABLE } from './pass.rules.js';
import type { CredentialView } from './pass.schema.js';

const LINK_WINDOW_SECONDS = 900;
const LINK_TRIES_MAX = 60;

/**
 * The guest's side: nobody is signed in, the link of the mail is all they have. The reach is that of finding out
 * who somebody is.
 */
@Injectable()
export class Guests {
  private readonly linkFrom = new RateLimit({
    attemptsMax: LINK_TRIES_MAX,
    windowSeconds: LINK_WINDOW_SECONDS,
  });

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly identity: Identity,
    private readonly credentials: Credentials,
  ) {}

  open(id: string, token: string, ip: string): Promise<GuestInvitationView> {
    this.linkFrom.count(ip);
    return this.db.read(namedScope('identity'), async (on) =>
      this.view(on, checked(await findGuestPass(on, id), token)),
    );
  }

  /** Whoever holds the secret reads the guest's mail: the address is confirmed, and the pass is theirs. */
  confirm(id: string, token: string, ip: string): Promise<GuestInvitationView> {
    this.linkFrom.count(ip);
    return this.db.tx(namedScope('identity'), async (tx) => {
      const invitation = checked(await lockGuestPass(tx, id), token);
      if (invitation.state === 'CONFIRMED' || invitation.state === 'USED') return this.view(tx, invitation);
      const pass = await findPass(tx, invitation.passId);
      if (!pass || invitation.state !== 'SENT' || !USABLE.includes(stateAt(pass, this.clock.now()))) {
        throw GuestPassProblems.over(
          'The invitation was withdrawn, or its day is over. Ask who invited you.',
        );
      }
      await this.issue(tx, pass, invitation);
      await sql(tx, `UPDATE passes.guest_passes SET state = 'CONFIRMED' WHERE id = $1`, [id]);
      return this.view(tx, { ...invitation, state: 'CONFIRMED' });
    });
  }

  /** The code for the door, on the phone that opened the link. */
  async credential(
    { id, credentialId }: { id: string; credentialId: string },
    { token, holderKey }: PutGuestCredential,
    ip: string,
  ): Promise<CredentialView> {
    this.linkFrom.count(ip);
    const invitation = await this.db.read(namedScope('identity'), async (on) =>
      checked(await findGuestPass(on, id), token),
    );
    if (!['CONFIRMED', 'USED'].includes(invitation.state)) {
      throw GuestPassProblems.notConfirmed('Confirm your address first: open the link of the mail.');
    }
    return this.credentials.putForGuest(credentialId, { passId: id, holderKey });
  }

  /** A pass of their own for that space and that day, paid for by the one that invites. */
  private async issue(tx: Tx, pass: Pass, invitation: GuestPass): Promise<void> {
    const personId = await this.personOf(tx, invitation);
    const { id, spaceId, day, halfDays } = invitation;
    await sql(
      tx,
      `INSERT INTO passes.passes (id, network_id, product_id, person_id, product_name, price_minor, price_unit,
         network_ids, space_ids, resource_kinds, product_class, offline, kind, half_days, valid_days, valid_from,
         valid_until, guest_of, state, request_hash, created_at)
       SELECT $2::uuid, network_id, product_id, $3::uuid, product_name, 0, price_unit, '{}', ARRAY[$4::uuid],
              '{hot_desk}', product_class, offline, 'DAYS', $5::int, 1, $6::date, $6::date, id, 'ISSUED', $7, $8
       FROM passes.passes WHERE id = $1 ON CONFLICT (id) DO NOTHING`,
      [
        pass.id,
        id,
        personId,
        spaceId,
        halfDays,
        day.toString(),
        invitation.requestHash,
        this.clock.now().toString(),
      ],
    );
  }

  private async personOf(tx: Tx, { id, guestName, guestEmail, language }: GuestPass): Promise<string> {
    const known = await this.identity.personIdByEmail(tx, guestEmail);
    if (known) return known;
    const person = { id: derivedId(id, 'guest'), name: guestName, email: guestEmail, language };
    await this.identity.registerPerson(tx, person);
    return person.id;
  }

  private async view(on: Reader, invitation: GuestPass): Promise<GuestInvitationView> {
    const { id, guestName, spaceId, day, part, state } = invitation;
    const { name } = await this.identity.person(on, invitation.personId);
    const space = await this.directory.space(on, spaceId);
    return {
      id,
      guestName,
      inviterFirstName: firstName(name),
      spaceId,
      spaceName: space.name,
      city: space.city,
      day: day.toString(),
      part,
      state,
    };
  }
}

/** An unknown invitation and a wrong secret look the same. */
function checked(invitation: GuestPass | null, token: string): GuestPass {
  if (invitation?.tokenHash === hashToken(token)) return invitation;
  throw GuestPassProblems.notFound('The link is not complete. Open it from the mail again.');
}
