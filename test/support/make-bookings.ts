import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Identity } from '../../src/identity/index.js';
import { newId } from '../../src/kernel/ids.js';
import { Db } from '../../src/platform/db.js';
import { namedScope } from '../../src/platform/scope.js';
import { ownerSql } from './app.js';
import { agentWith, makeOrganisation, makePerson, type Agent } from './make-identity.js';

export type Host = { networkId: string; operatorId: string; spaceId: string; poolId: string };
type HostToMake = {
  networkId?: string;
  name?: string;
  city?: string;
  capacity?: number;
  openingHours?: string;
  timeZone?: string;
  country?: string;
  unit?: string;
  lat?: number;
  lon?: number;
};

/** A network of the directory: agreements and spaces need one. */
export async function makeNetwork(app: NestFastifyApplication): Promise<string> {
  const { id } = await makeOrganisation(app);
  const shortId = id.slice(-8);
  await ownerSql(
    `INSERT INTO directory.networks (id, short_id, unit, created_at) VALUES ($1, $2, 'EUR', now())`,
    [id, shortId],
  );
  await ownerSql(
    `INSERT INTO directory.parties (id, kind, network_id, name, country, unit, settlement_profile, created_at)
     VALUES ($1, 'network', $1, 'CoMed', 'FR', 'EUR', 'NETTING_ALLOWED', now())`,
    [id],
  );
  return id;
}

/** A space in Marseille with one pool of desks, open every day from nine to six unless told otherwise. */
export async function makeHost(app: NestFastifyApplication, host: HostToMake = {}): Promise<Host> {
  const networkId = host.networkId ?? (await makeNetwork(app));
  const { id: operatorId } = await makeOrganisation(app, { kind: 'operator', parentId: networkId });
  const [spaceId, poolId] = [newId(), newId()];
  const unit = host.unit ?? 'EUR';
  const country = host.country ?? 'FR';
  const name = host.name ?? 'Atelier du Vieux-Port';
  await ownerSql(
    `INSERT INTO directory.parties (id, kind, network_id, name, country, unit, settlement_profile, created_at)
     VALUES ($1, 'space', $2, $3, $4, $5, 'NETTING_ALLOWED', now())`,
    [spaceId, networkId, name, country, unit],
  );
  await ownerSql(
    `INSERT INTO directory.spaces (id, network_id, operator_id, name, city, country, time_zone, lat, lon,
       opening_hours, closes_on_holidays, half_day_boundary, unit, visibility, created_at)
     VALUES ($1, $2, $3, $4, $11, $5, $6, $7, $8, $9, false, '13:00', $10, 'public', now())`,
    [
      spaceId,
      networkId,
      operatorId,
      name,
      country,
      host.timeZone ?? 'Europe/Paris',
      host.lat ?? 43.2951,
      host.lon ?? 5.3739,
      host.openingHours ?? 'Mo-Su 09:00-18:00',
      unit,
      host.city ?? 'Marseille',
    ],
  );
  await ownerSql(
    `INSERT INTO directory.pools (id, space_id, network_id, resource_kind, name, capacity, created_at)
     VALUES ($1, $2, $3, 'hot_desk', 'Open space', $4, now())`,
    [poolId, spaceId, networkId, host.capacity ?? 20],
  );
  return { networkId, operatorId, spaceId, poolId };
}

type AgreementToMake = {
  homeNetworkId: string;
  hostNetworkId: string;
  mode?: 'GIFT' | 'ACCRUAL_CASH' | 'ACCRUAL_IN_KIND';
  freeHalfDays?: number;
  ratePerHalfDay?: { unit: string; minor: number };
  hosts: readonly Host[];
};

/** Signed by both sides, valid from the beginning of 2026: by default three days free, then 20.00 a day. */
export async function makeAgreement(app: NestFastifyApplication, wanted: AgreementToMake): Promise<void> {
  const { homeNetworkId, hostNetworkId, mode = 'ACCRUAL_CASH', freeHalfDays = 6, hosts } = wanted;
  const networks = [...new Set([homeNetworkId, hostNetworkId])];
  const grants = networks.map((organisationId) => ({ organisationId, role: 'network_admin' as const }));
  const { agent } = await makePerson(app, { grants });
  const [agreementId, versionId] = [newId(), newId()];
  const sides = { homeNetworkId, hostNetworkId, clearingNetworkId: hostNetworkId };
  await agent
    .put(`/v1/agreements/${agreementId}`)
    .send({ name: 'Visa', ...sides })
    .expect(200);
  const ratePerHalfDay = wanted.ratePerHalfDay ?? { unit: 'EUR', minor: 1000 };
  await agent.put(`/v1/agreement-versions/${versionId}`).send({
    agreementId,
    mode,
    validFrom: '2026-01-01',
    freeHalfDays,
    rates: hosts.map(({ spaceId }) => ({ hostSpaceId: spaceId, resourceKind: 'hot_desk', ratePerHalfDay })),
  });
  for (const networkId of networks)
    await agent.put(`/v1/agreement-versions/${versionId}/signature`).send({ networkId }).expect(200);
}

export type Nomad = { id: string; agent: Agent };

/** People whose home space it is, made together: a crowd takes no longer than a few. */
export async function makeMembers(app: NestFastifyApplication, home: Host, count: number): Promise<Nomad[]> {
  const identity = app.get(Identity);
  const people = await app.get(Db).tx(namedScope('operator'), async (tx) => {
    const made: { id: string; token: string }[] = [];
    for (let number = 0; number < count; number += 1) {
      const id = newId();
      const email = `${id}@example.org`;
      await identity.registerPerson(tx, { id, email, name: 'Inès Trabelsi', language: 'en' });
      await identity.grant(tx, { personId: id, organisationId: home.operatorId, role: 'nomad' });
      made.push({ id, token: await identity.createSession(tx, id) });
    }
    return made;
  });
  await ownerSql(
    `INSERT INTO directory.homes (id, person_id, space_id, network_id, from_day, created_at)
     SELECT gen_random_uuid(), person, $2, $3, '2026-01-01', now() FROM unnest($1::uuid[]) AS person`,
    [people.map(({ id }) => id), home.spaceId, home.networkId],
  );
  return people.map(({ id, token }) => ({ id, agent: agentWith(app, token) }));
}

export async function makeMember(app: NestFastifyApplication, home: Host): Promise<Nomad> {
  const [member] = await makeMembers(app, home, 1);
  return member!;
}

/** A pass of the network's own product, scoped to the network. */
export async function makePass(
  app: NestFastifyApplication,
  { networkId, personId, halfDays = 20 }: { networkId: string; personId: string; halfDays?: number },
): Promise<string> {
  const { agent } = await makePerson(app, {
    grants: [{ organisationId: networkId, role: 'network_admin' }],
  });
  const [productId, passId] = [newId(), newId()];
  await agent
    .put(`/v1/products/${productId}`)
    .send({
      networkId,
      name: 'Ten days',
      halfDays,
      validDays: 365,
      price: { unit: 'EUR', minor: 15_000 },
      scope: { networkIds: [networkId], spaceIds: [], resourceKinds: ['hot_desk'] },
    })
    .expect(200);
  await agent.put(`/v1/passes/${passId}`).send({ productId, personId }).expect(200);
  return passId;
}

type BookingToMake = { poolId: string; day: string; part?: string; hold?: boolean };

/** Booked through HTTP; the view of the booking. */
export async function makeBooking(
  { agent }: Pick<Nomad, 'agent'>,
  { part = 'DAY', ...booking }: BookingToMake,
) {
  const { body } = await agent
    .put(`/v1/bookings/${newId()}`)
    .send({ part, ...booking })
    .expect(200);
  return body;
}

export type Scene = { home: Host; host: Host; weekdays: Host; tiny: Host };

/** One network: a home, two hosts with twenty desks (one closed at weekends) and one with a single desk. */
export async function makeScene(app: NestFastifyApplication): Promise<Scene> {
  const home = await makeHost(app, { name: 'Dar el Bhira', lat: 36.8, lon: 10.18 });
  const { networkId } = home;
  const host = await makeHost(app, { networkId });
  const weekdays = await makeHost(app, {
    networkId,
    name: 'La Garrigue',
    openingHours: 'Mo-Fr 09:00-18:00',
    lat: 43.8,
  });
  const tiny = await makeHost(app, { networkId, name: 'Zona Riu', capacity: 1, lat: 44.5 });
  const hosts = [home, host, weekdays, tiny];
  await makeAgreement(app, { homeNetworkId: networkId, hostNetworkId: networkId, hosts });
  return { home, host, weekdays, tiny };
}

type Wish = {
  poolId?: string;
  day?: string;
  part?: string;
  quoteId?: string;
  hold?: boolean;
  colour?: string;
};

/** A request for a whole day unless told otherwise; with a quote, for what was quoted. */
export function putBooking({ agent }: Pick<Nomad, 'agent'>, wish: Wish, id = newId()) {
  const { quoteId } = wish;
  return agent.put(`/v1/bookings/${id}`).send(quoteId ? { quoteId } : { part: 'DAY', ...wish });
}

export function cancel({ agent }: Pick<Nomad, 'agent'>, id: string, reason = 'ill') {
  return agent.put(`/v1/bookings/${id}/cancellation`).send({ reason });
}

/** Free half-days left at that host this year. */
export async function quotaLeft({ agent }: Nomad, { spaceId }: Host): Promise<number> {
  const { body } = await agent.get(`/v1/visa-quotas?hostSpaceId=${spaceId}&year=2026`).expect(200);
  return body.leftHalfDays;
}

export async function codeOf(answer: PromiseLike<{ body: { code?: string } }>): Promise<string | undefined> {
  return (await answer).body.code;
}

/** What must be true of seats, days and holds after anything. Each row is a broken promise. */
export function brokenPromises(): Promise<{ promise: string; subject: string }[]> {
  return ownerSql(`
    WITH live AS (
      SELECT * FROM bookings.bookings WHERE state IN ('PENDING', 'RESERVED', 'FULFILLED')),
    seats AS (
      SELECT pool_id, day, from_slot, to_slot FROM live UNION ALL
      SELECT kept_pool_id, day, kept_from_slot, kept_to_slot FROM bookings.waits WHERE state IN ('KEPT', 'OFFERED'))
    SELECT 'taken is what is booked or kept' AS promise, format('%s %s half-hour %s', pool_id, day, slot) AS subject
      FROM bookings.pool_days CROSS JOIN generate_series(0, 47) AS slot
     WHERE taken[slot + 1] <> (SELECT count(*) FROM seats
       WHERE (seats.pool_id, seats.day) = (pool_days.pool_id, pool_days.day) AND from_slot <= slot AND slot < to_slot)
    UNION ALL
    SELECT 'nothing is overbooked', format('%s %s half-hour %s', pool_id, day, slot)
      FROM bookings.pool_days CROSS JOIN generate_series(0, 47) AS slot
     WHERE taken[slot + 1] > capacity[slot + 1]
    UNION ALL
    SELECT 'nobody waits for what is free', wait.id::text
      FROM bookings.waits wait
      JOIN directory.pools pool ON pool.space_id = wait.space_id AND pool.resource_kind = wait.resource_kind
        AND pool.id = coalesce(wait.pool_id, pool.id)
      JOIN bookings.pub_free_seats free ON free.pool_id = pool.id AND free.day = wait.day
     WHERE wait.state = 'WAITING'
       AND CASE wait.part WHEN 'DAY' THEN day_free WHEN 'MORNING' THEN morning_free ELSE afternoon_free END > 0
    UNION ALL
    SELECT 'a person has as much of a day as is booked', format('%s %s', person_id, day)
      FROM bookings.person_days
     WHERE half_days <> (SELECT coalesce(sum(live.half_days), 0) FROM live
       WHERE part <> 'HOURS' AND (live.person_id, live.day) = (person_days.person_id, person_days.day))
    UNION ALL
    SELECT 'a live booking has its pool day', id::text FROM live
     WHERE NOT EXISTS (SELECT FROM bookings.pool_days made WHERE (made.pool_id, made.day) = (live.pool_id, live.day))
    UNION ALL
    SELECT 'what is set aside is what is booked', 'half-days'
     WHERE (SELECT coalesce(sum(debits_held), 0) FROM ledger.accounts WHERE unit = 'HALF_DAY')
        <> (SELECT coalesce(sum(half_days), 0) FROM bookings.bookings
             WHERE state IN ('PENDING', 'RESERVED') AND funding <> 'PAY_AS_YOU_GO')`);
}
