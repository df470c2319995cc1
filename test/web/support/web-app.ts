import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Identity, type Role } from '../../../src/identity/index.js';
import { newId } from '../../../src/kernel/ids.js';
import { Temporal } from '../../../src/kernel/time.js';
import { MovableClock } from '../../../src/platform/clock.js';
import { Db } from '../../../src/platform/db.js';
import { serveWeb } from '../../../src/platform/http/web.js';
import { namedScope } from '../../../src/platform/scope.js';
import { startApp } from '../../support/app.js';
import { proveAsTheirRolesAsk } from '../../support/prove.js';

/** A Tuesday, an hour after the doors of Marseille open. The clock then runs at the pace of the real one. */
const STARTS_AT = '2026-12-01T09:00:00Z';

export type WebApp = {
  readonly app: NestFastifyApplication;
  readonly origin: string;
  readonly clock: MovableClock;
};

/** A port that is known before, for what leads back to it. */
type Wanted = {
  readonly settings?: Record<string, string>;
  readonly port?: number;
  /** What else is served there. */
  readonly also?: (app: NestFastifyApplication) => void;
};

/** API and web on one origin, as in production, in front of real browsers. */
export async function startWebApp({
  settings = {},
  port = 0,
  also = () => {},
}: Wanted = {}): Promise<WebApp> {
  const clock = new MovableClock();
  const prepare = (made: NestFastifyApplication) => {
    also(made);
    serveWeb(made, 'web/dist');
  };
  const app = await startApp({ clock, settings, prepare });
  clock.setFrom(Temporal.Instant.from(STARTS_AT), Temporal.Now.instant()); // after the demo's own clock has looked for its time
  await app.listen(port, '127.0.0.1');
  return { app, origin: (await app.getUrl()).replace('[::1]', '127.0.0.1'), clock };
}

const OPERATOR = namedScope('operator');

export type Member = {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly session: string;
};

/** Somebody who can sign in at the page, or is signed in already by the session. */
export async function makeMember(
  { app }: WebApp,
  { name, grants = [] }: { name: string; grants?: { organisationId: string; role: Role }[] },
): Promise<Member> {
  const [id, password] = [newId(), 'lighthouse-harbour-26'];
  const email = `${id}@example.org`;
  const identity = app.get(Identity);
  const session = await app.get(Db).tx(OPERATOR, async (tx) => {
    await identity.registerPerson(tx, { id, email, name, language: 'en', password });
    for (const grant of grants) await identity.grant(tx, { personId: id, ...grant });
    return identity.createSession(tx, id);
  });
  await proveAsTheirRolesAsk(app, { id, grants });
  return { id, email, password, session };
}
