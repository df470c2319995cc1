/** Who is signed in on this command line: a session cookie beside the data, for its owner's eyes only. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from './client.js';

type Session = { readonly person: { readonly name: string }; readonly grants: readonly { role: string }[] };

/** Signs in, keeps the session, and says who it is. */
export async function signIn(
  dataFolder: string,
  baseUrl: string,
  email: string,
  password: string,
): Promise<string> {
  const client = new Client(baseUrl);
  const cookie = await client.signIn(email, password);
  writeFileSync(fileIn(dataFolder), cookie, { mode: 0o600 });
  const { person, grants } = await client.get<Session>('/v1/sessions/current');
  return `Signed in: ${person.name} (${grants.map(({ role }) => role).join(', ')}).`;
}

export function signedInAs(dataFolder: string, baseUrl: string): Client {
  try {
    return new Client(baseUrl, readFileSync(fileIn(dataFolder), 'utf8'));
  } catch {
    throw new Error('Nobody is signed in: `npm run -s escale -- sessions:open EMAIL`.');
  }
}

export function forget(dataFolder: string): void {
  rmSync(fileIn(dataFolder), { force: true });
}

function fileIn(dataFolder: string): string {
  return path.join(dataFolder, 'session');
}
