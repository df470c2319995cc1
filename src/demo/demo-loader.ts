import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Identity, type Role } from '../identity/index.js';
import { newId } from '../kernel/ids.js';
import { Announcements } from '../platform/announcements.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { putCharter } from './charter.js';
import { Client } from './client.js';
import { putConnectedPlaces } from './connected-places.js';
import {
  DEMO_AGREEMENTS,
  DEMO_NETWORKS,
  DEMO_NOMADS,
  DEMO_PASSWORD,
  DEMO_SPACES,
  DEMO_STAFF,
  demoId,
  FREE_HALF_DAYS,
  type DemoSpace,
  type NetworkCode,
  type SpaceCode,
} from './demo-network.js';
import { DEMO_PROFILES } from './demo-profiles.js';
import { DEMO_INSTITUTIONS, putStays } from './demo-stays.js';
import { DEMO_PUBLIC, putProgramme, seedInstitutions } from './demo-programme.js';
import { DemoClock } from './demo-clock.js';
import { adminOf } from './world.js';

const OPERATOR = namedScope('operator');
const OPENING_HOURS = 'Mo-Fr 08:00-19:00';
const VALID_FROM = '2026-01-01';
const FIRST_DAY = '2026-06-01';
const HOME_PASS_HALF_DAYS = 20;
const HOME_PASS_DAYS = 365;

/** Loads the demo network at a demo's first start: people by identity's seed, all else through the API. */
@Injectable()
export class DemoLoader implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly identity: Identity,
    private readonly clock: DemoClock,
    private readonly announcements: Announcements,
  ) {}

  onModuleInit(): void {
    if (!this.clock.isDemo()) return;
    this.announcements.add(async (address) => {
      if (!(await this.isLoaded())) await this.load(address);
      return whatToTry();
    });
  }

  private async isLoaded(): Promise<boolean> {
    const loads = await this.db.read(OPERATOR, (on) => sql(on, 'SELECT 1 FROM demo.loads'));
    return loads.length > 0;
  }

  /** Every write names its own id, so that a load that was cut off goes on where it stood. */
  async load(address: string): Promise<void> {
    await this.db.tx(OPERATOR, (tx) => this.seedPeople(tx));
    const admins = {
      med: await this.signedIn(address, adminOf('MED')),
      tunis: await this.signedIn(address, adminOf('TUNIS')),
    };
    const adminAt = (network: NetworkCode) => (network === 'TUNIS' ? admins.tunis : admins.med);
    for (const [code, network] of Object.entries(DEMO_NETWORKS))
      await adminAt(code as NetworkCode).put(`/v1/networks/${network.id}`, {
        shortId: network.shortId,
        unit: network.unit,
      });
    for (const [code, space] of Object.entries(DEMO_SPACES)) {
      const admin = adminAt(space.network);
      await putSpace(admin, space);
      await admin.put(`/v1/spaces/${space.id}/profile`, DEMO_PROFILES[code as SpaceCode]);
    }
    await putAgreements(admins.med, admins.tunis);
    await putPasses(adminAt);
    await putStays(admins.med, await this.signedIn(address, DEMO_NOMADS.nikos.email));
    await putConnectedPlaces(admins.med);
    await this.putCharter(address, admins.med);
    const treasurer = await this.signedIn(address, 'treasurer@demo.invalid');
    const body = { networkId: DEMO_NETWORKS.MED.id, fromDay: FIRST_DAY };
    await treasurer.put(`/v1/windows/${demoId(0x600)}`, body);
    await putProgramme((email) => this.signedIn(address, email), treasurer);
    await this.db.tx(OPERATOR, (tx) => sql(tx, 'INSERT INTO demo.loads (id) VALUES ($1)', [newId()]));
  }

  /** Whoever manages a space in the demo signs the charter for it. */
  private async putCharter(address: string, admin: Client): Promise<void> {
    const signers = [];
    for (const { email, name, role, at } of DEMO_STAFF)
      if (role === 'space_manager')
        signers.push({ code: at, name, client: await this.signedIn(address, email) });
    await putCharter(admin, signers);
  }

  private async seedPeople(tx: Tx): Promise<void> {
    for (const { id, name, country, parent } of Object.values(DEMO_NETWORKS)) {
      const parentId = parent && DEMO_NETWORKS[parent].id;
      await this.identity.registerOrganisation(tx, { id, kind: 'network', name, country, parentId });
    }
    for (const { operatorId, operator, country, network } of Object.values(DEMO_SPACES)) {
      const parentId = DEMO_NETWORKS[network].id;
      const organisation = { id: operatorId, kind: 'operator', name: operator, country, parentId } as const;
      await this.identity.registerOrganisation(tx, organisation);
    }
    for (const institution of DEMO_INSTITUTIONS) await this.identity.registerOrganisation(tx, institution);
    await seedInstitutions(tx, this.identity);
    for (const nomad of Object.values(DEMO_NOMADS))
      await this.seedPerson(tx, nomad, 'nomad', DEMO_SPACES[nomad.home].operatorId);
    for (const { number, role, at, ...person } of DEMO_STAFF) {
      const ids = { id: demoId(0x5000 + number), membershipId: demoId(0x6000 + number) };
      await this.seedPerson(tx, { ...ids, ...person, language: 'en' }, role, organisationAt(at));
    }
  }

  private async seedPerson(
    tx: Tx,
    person: Pick<(typeof DEMO_NOMADS)['ines'], 'id' | 'membershipId' | 'email' | 'name' | 'language'>,
    role: Role,
    organisationId: string,
  ): Promise<void> {
    const { id, email, name, language } = person;
    await this.identity.registerPerson(tx, { id, email, name, language, password: DEMO_PASSWORD });
    await this.identity.grant(tx, { id: person.membershipId, personId: id, organisationId, role });
  }

  private async signedIn(address: string, email: string): Promise<Client> {
    const client = new Client(address);
    await client.signIn(email, DEMO_PASSWORD);
    return client;
  }
}

async function putSpace(admin: Client, space: DemoSpace): Promise<void> {
  const { operatorId, name, city, country, timeZone, territoryCode, lat, lon, unit, settlementProfile } =
    space;
  await admin.put(`/v1/spaces/${space.id}`, {
    operatorId,
    name,
    city,
    country,
    timeZone,
    territoryCode,
    lat,
    lon,
    unit,
    settlementProfile,
    openingHours: OPENING_HOURS,
    closesOnHolidays: true,
    halfDayBoundary: '13:00',
    visibility: 'public',
  });
  await admin.put(`/v1/pools/${space.poolId}`, {
    spaceId: space.id,
    resourceKind: 'hot_desk',
    name: 'Hot desks',
    capacity: space.desks,
  });
}

/** Inside Escale Méditerranée with all its chapters, and between it and Tunis, which signs for itself. */
async function putAgreements(med: Client, tunis: Client): Promise<void> {
  const { MED, TUNIS } = DEMO_NETWORKS;
  const { INSIDE, WITH_TUNIS } = DEMO_AGREEMENTS;
  const spaces: DemoSpace[] = Object.values(DEMO_SPACES);
  const inside = { name: 'Inside Escale Méditerranée', homeNetworkId: MED.id, hostNetworkId: MED.id };
  await med.put(`/v1/agreements/${INSIDE.id}`, { ...inside, clearingNetworkId: MED.id });
  const between = { name: 'Escale Méditerranée and Tunis', homeNetworkId: MED.id, hostNetworkId: TUNIS.id };
  await med.put(`/v1/agreements/${WITH_TUNIS.id}`, { ...between, clearingNetworkId: MED.id });
  await putVersion(
    med,
    INSIDE,
    spaces.filter(({ network }) => network !== 'TUNIS'),
  );
  await putVersion(med, WITH_TUNIS, spaces);
  for (const { versionId } of [INSIDE, WITH_TUNIS])
    await med.put(`/v1/agreement-versions/${versionId}/signature`, { networkId: MED.id });
  await tunis.put(`/v1/agreement-versions/${WITH_TUNIS.versionId}/signature`, { networkId: TUNIS.id });
}

async function putVersion(
  admin: Client,
  agreement: { readonly id: string; readonly versionId: string },
  hosts: readonly DemoSpace[],
): Promise<void> {
  await admin.put(`/v1/agreement-versions/${agreement.versionId}`, {
    agreementId: agreement.id,
    mode: 'ACCRUAL_CASH',
    validFrom: VALID_FROM,
    freeHalfDays: FREE_HALF_DAYS.usual,
    rates: hosts.map(({ id, unit, dayRateMinor, network }) => ({
      hostSpaceId: id,
      resourceKind: 'hot_desk',
      ratePerHalfDay: { unit, minor: dayRateMinor / 2 },
      freeHalfDays: network === 'CATALUNYA' ? FREE_HALF_DAYS.catalan : null,
    })),
  });
}

/** Everybody's pass is good at home: abroad the visa quota pays, then the guest. */
async function putPasses(adminAt: (network: NetworkCode) => Client): Promise<void> {
  for (const [index, code] of (Object.keys(DEMO_NETWORKS) as NetworkCode[]).entries()) {
    const { id, name, unit } = DEMO_NETWORKS[code];
    await adminAt(code).put(`/v1/products/${demoId(0x700 + index)}`, {
      networkId: id,
      name: `${name}: ten days at home`,
      halfDays: HOME_PASS_HALF_DAYS,
      validDays: HOME_PASS_DAYS,
      price: { unit, minor: 0 },
      scope: { networkIds: [id], spaceIds: [], resourceKinds: ['hot_desk'] },
    });
  }
  for (const nomad of Object.values(DEMO_NOMADS)) {
    const { network, id: spaceId } = DEMO_SPACES[nomad.home];
    const productId = demoId(0x700 + Object.keys(DEMO_NETWORKS).indexOf(network));
    const admin = adminAt(network);
    await admin.put(`/v1/homes/${nomad.homeId}`, { personId: nomad.id, spaceId, fromDay: VALID_FROM });
    await admin.put(`/v1/passes/${nomad.passId}`, { productId, personId: nomad.id });
  }
}

function organisationAt(place: (typeof DEMO_STAFF)[number]['at']): string {
  return place in DEMO_NETWORKS
    ? DEMO_NETWORKS[place as NetworkCode].id
    : DEMO_SPACES[place as keyof typeof DEMO_SPACES].operatorId;
}

function whatToTry(): string {
  const staff = [...DEMO_STAFF, ...DEMO_PUBLIC].map(({ email, role }) => `  ${email.padEnd(26)} ${role}`);
  return [
    '',
    'A demo network is loaded; its clock starts on Monday 1 June 2026 and moves when you move it.',
    `Everybody signs in with ${DEMO_PASSWORD}:`,
    `  ${DEMO_NOMADS.marta.email.padEnd(26)} nomad, as are ${names()}`,
    ...staff,
    '',
    'Try next, in a second terminal:',
    `  npm run -s escale -- sessions:open ${DEMO_NOMADS.marta.email}`,
    '  npm run -s escale -- spaces:search Marseille --day 2026-06-03',
    'and go on with the walk in README.md.',
  ].join('\n');
}

function names(): string {
  return Object.values(DEMO_NOMADS)
    .filter(({ email }) => email !== DEMO_NOMADS.marta.email)
    .map(({ email }) => email.split('@')[0])
    .join(', ');
}
