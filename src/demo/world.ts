/** The demo network seen from outside: its people, doors and treasurers, each with an own client. */
import { newId } from '../kernel/ids.js';
import { Temporal } from '../kernel/time.js';
import { Client, Refused, type Json } from './client.js';
import { DEMO_NETWORKS, DEMO_NOMADS, DEMO_PASSWORD, DEMO_SPACES } from './demo-network.js';
import type { NetworkCode, NomadName, SpaceCode } from './demo-network.js';

export type Wire = { readonly unit: string; readonly minor: number };
export type BookingAnswer = {
  readonly id: string;
  readonly day: string;
  readonly state: string;
  readonly funding: 'SPONSOR_VOUCHER' | 'VISA_QUOTA' | 'PASS_UNITS' | 'PAY_AS_YOU_GO';
  readonly price: Wire;
  readonly guestPrice: Wire;
};
export type ScanAnswer = {
  readonly state: 'ACCEPTED' | 'REFUSED';
  readonly reason: string | null;
  readonly sentence: string;
  readonly guestSentence: string;
  readonly visit: { readonly id: string } | null;
};

const UNAUTHENTICATED = 401;

export class World {
  private readonly signedIn = new Map<string, Client>();

  constructor(readonly baseUrl: string) {}

  /** Signs in at first use, and again when the demo's clock has outlived the session. */
  async as(email: string): Promise<Client> {
    const known = this.signedIn.get(email);
    if (known && (await isSignedIn(known))) return known;
    const client = new Client(this.baseUrl);
    await client.signIn(email, DEMO_PASSWORD);
    this.signedIn.set(email, client);
    return client;
  }

  nomad(name: NomadName): Promise<Client> {
    return this.as(DEMO_NOMADS[name].email);
  }

  async now(): Promise<Temporal.Instant> {
    const { now } = await new Client(this.baseUrl).get<{ now: string }>('/v1/demo/clock');
    return Temporal.Instant.from(now);
  }

  moveClock(moment: string): Promise<Json> {
    return new Client(this.baseUrl).put('/v1/demo/clock', { now: moment });
  }

  async book(name: NomadName, host: SpaceCode, day: string): Promise<BookingAnswer> {
    const client = await this.nomad(name);
    const body = { poolId: DEMO_SPACES[host].poolId, day, part: 'DAY' };
    return client.put<BookingAnswer>(`/v1/bookings/${newId()}`, body);
  }

  /** The guest's phone shows a fresh code at the host's door. */
  async showCode(client: Client, passId: string, spaceId: string): Promise<string> {
    const { makeHolder } = await import('../passes/index.js'); // late: the command line is quick without the server's modules
    const holder = makeHolder();
    const { credential } = await client.put<{ credential: string }>(`/v1/credentials/${newId()}`, {
      passId,
      holderKey: holder.holderKey,
    });
    return holder.show(credential, spaceId, await this.now());
  }

  /** A door reads a code. `door` is a device's client or that of somebody who works at the space. */
  async scan(door: Client, spaceId: string, code: string): Promise<ScanAnswer> {
    const scannedAt = (await this.now()).toString();
    return door.put<ScanAnswer>(`/v1/scans/${newId()}`, { spaceId, code, scannedAt });
  }

  /** Enrols the space's door device, as whoever runs its network does once. */
  async openDoor(code: SpaceCode): Promise<Client> {
    const space = DEMO_SPACES[code];
    const admin = await this.as(adminOf(space.network));
    const name = `Door of ${space.name}`;
    const body = { organisationId: space.operatorId, spaceId: space.id, name };
    const device = newId();
    const { enrolmentCode } = await admin.put<{ enrolmentCode: string }>(`/v1/devices/${device}`, body);
    const visitor = new Client(this.baseUrl);
    const { token } = await visitor.put<{ token: string }>(`/v1/devices/${device}/enrolment`, {
      code: enrolmentCode,
    });
    return new Client(this.baseUrl, token);
  }
}

/** Tunis runs itself; everybody else is a chapter of Escale Méditerranée. */
export function adminOf(network: NetworkCode): string {
  return network === 'TUNIS' ? 'tunis@demo.invalid' : 'admin@demo.invalid';
}

export const TREASURER = 'treasurer@demo.invalid';
export const CLEARING_NETWORK = DEMO_NETWORKS.MED;

async function isSignedIn(client: Client): Promise<boolean> {
  try {
    await client.get('/v1/sessions/current');
    return true;
  } catch (error) {
    if (error instanceof Refused && error.status === UNAUTHENTICATED) return false;
    throw error;
  }
}
