import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { generate, generateSecret } from 'otplib';
import { newId } from '../../src/kernel/ids.js';
import { Sealing } from '../../src/platform/sealing.js';
import type { Role } from '../../src/identity/index.js';
import { ownerSql } from './app.js';

/** Who is asked for more than a password when money moves. */
const WITH_APP: readonly Role[] = ['network_treasurer', 'platform_admin'];

/** Somebody whose roles ask for it has an authenticator app, and has just signed in by it. */
export async function proveAsTheirRolesAsk(
  app: NestFastifyApplication,
  { id, grants }: { id: string; grants: readonly { role: Role }[] },
): Promise<void> {
  if (!grants.some(({ role }) => WITH_APP.includes(role))) return;
  await giveAuthenticator(app, id);
  await proveNow(id);
}

/** An app that makes codes of the person, and the secret it makes them by. */
export async function giveAuthenticator(app: NestFastifyApplication, personId: string): Promise<string> {
  const secret = generateSecret();
  await ownerSql(
    `INSERT INTO identity.authenticators (id, person_id, sealed_secret, confirmed_at) VALUES ($1, $2, $3, now())`,
    [newId(), personId, app.get(Sealing).seal(Buffer.from(secret))],
  );
  return secret;
}

/** As if they had typed the app's code this moment, wherever they are signed in. */
export async function proveNow(...personIds: string[]): Promise<void> {
  await ownerSql(
    `UPDATE identity.sessions SET proved_at = now(), proved_by = 'AUTHENTICATOR' WHERE person_id = ANY ($1)`,
    [personIds],
  );
}

/** As if the last proof were so many minutes ago. */
export async function proveMinutesAgo(personId: string, minutes: number): Promise<void> {
  await ownerSql(
    `UPDATE identity.sessions SET proved_at = now() - make_interval(mins => $2) WHERE person_id = $1`,
    [personId, minutes],
  );
}

const STEP_SECONDS = 30;

/** The code that an app shows; `stepsLater` half-minutes from now. */
export async function codeOf(secret: string, stepsLater = 0): Promise<string> {
  const [clock] = await ownerSql<{ epoch: number }>('SELECT extract(epoch FROM now())::float8 AS epoch');
  return generate({ secret, epoch: Math.floor(clock!.epoch) + stepsLater * STEP_SECONDS });
}
