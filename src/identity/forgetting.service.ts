import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, sql } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { SESSION_SECONDS_MAX } from './session.rules.js';

/** A registration nobody confirmed is somebody's address without their consent. */
const UNCONFIRMED_HOURS = 7 * 24;

/** What has served its purpose is not kept: old sessions, links, and addresses nobody confirmed. */
@Injectable()
export class Forgetting implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('identity.forget', () => this.forget());
  }

  /** Sessions and links live by the database's clock, people by ours. */
  private forget(): Promise<number> {
    const before = this.clock.now().subtract({ hours: UNCONFIRMED_HOURS }).toString();
    return this.db.tx(namedScope('identity'), async (tx) => {
      const sessions = await sql(
        tx,
        `DELETE FROM identity.sessions
         WHERE ended_at IS NOT NULL OR created_at < now() - make_interval(secs => $1) RETURNING id`,
        [SESSION_SECONDS_MAX],
      );
      const links = await sql(
        tx,
        `DELETE FROM identity.links link USING identity.people person
         WHERE person.id = link.person_id AND (link.expires_at < now() - interval '1 day'
           OR (person.email_confirmed_at IS NULL AND person.created_at < $1)) RETURNING link.id`,
        [before],
      );
      await sql(tx, 'DELETE FROM identity.challenges WHERE expires_at < now()');
      await sql(tx, 'DELETE FROM identity.provider_trips WHERE expires_at < now()');
      await sql(
        tx,
        `DELETE FROM identity.authenticators WHERE confirmed_at IS NULL AND created_at < now() - interval '1 day'`,
      );
      const people = await sql(
        tx,
        `DELETE FROM identity.people WHERE email_confirmed_at IS NULL AND created_at < $1 RETURNING id`,
        [before],
      );
      return sessions.length + links.length + people.length;
    });
  }
}
