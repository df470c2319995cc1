/** Hosts, members with a session each, and the agreement between them. */
import { newId } from '../dist/src/kernel/ids.js';
import { Identity } from '../dist/src/identity/index.js';
import { Db } from '../dist/src/platform/db.js';
import { namedScope } from '../dist/src/platform/scope.js';

const FREE_HALF_DAYS = 732;

/** `app` is the application context, `owner` a pg client that row-level security does not bind. */
export async function makeScene(app, owner, { hosts: hostCount, people: peopleCount, seats }) {
  const networkId = newId();
  const operatorId = newId();
  const people = await makePeople(app, { networkId, operatorId, count: peopleCount });
  await owner.query(
    `INSERT INTO directory.networks (id, short_id, unit, created_at) VALUES ($1, 'bench', 'EUR', now())`,
    [networkId],
  );
  const hosts = [];
  for (let number = 0; number < hostCount; number += 1)
    hosts.push(await makeHost(owner, { networkId, operatorId, seats: seats(number) }));
  const home = await makeHost(owner, { networkId, operatorId, seats: 1 });
  await owner.query(
    `INSERT INTO directory.homes (id, person_id, space_id, network_id, from_day, created_at)
     SELECT gen_random_uuid(), person, $2, $3, '2020-01-01', now() FROM unnest($1::uuid[]) AS person`,
    [people.map(({ id }) => id), home.spaceId, networkId],
  );
  const agreementId = await makeAgreement(owner, networkId, hosts);
  await owner.query('ANALYZE');
  return { networkId, agreementId, people, hosts };
}

async function makePeople(app, { networkId, operatorId, count }) {
  const identity = app.get(Identity);
  return app.get(Db).tx(namedScope('operator'), async (tx) => {
    const network = { id: networkId, kind: 'network', parentId: null, name: 'Bench', country: 'FR' };
    await identity.registerOrganisation(tx, network);
    const operator = { id: operatorId, kind: 'operator', parentId: networkId, name: 'Bench', country: 'FR' };
    await identity.registerOrganisation(tx, operator);
    const people = [];
    for (let number = 0; number < count; number += 1) {
      const id = newId();
      await identity.registerPerson(tx, { id, email: `${id}@example.org`, name: 'Guest', language: 'en' });
      await identity.grant(tx, { personId: id, organisationId: operatorId, role: 'nomad' });
      people.push({ id, token: await identity.createSession(tx, id) });
    }
    return people;
  });
}

async function makeHost(owner, { networkId, operatorId, seats }) {
  const [spaceId, poolId] = [newId(), newId()];
  await owner.query(
    `INSERT INTO directory.parties (id, kind, network_id, name, country, unit, settlement_profile, created_at)
     VALUES ($1, 'space', $2, 'Host', 'FR', 'EUR', 'NETTING_ALLOWED', now())`,
    [spaceId, networkId],
  );
  await owner.query(
    `INSERT INTO directory.spaces (id, network_id, operator_id, name, city, country, time_zone, lat, lon,
       opening_hours, closes_on_holidays, half_day_boundary, unit, visibility, created_at)
     VALUES ($1, $2, $3, 'Host', 'Marseille', 'FR', 'UTC', 43.3, 5.4, 'Mo-Su 08:00-20:00', false,
       '13:00', 'EUR', 'public', now())`,
    [spaceId, networkId, operatorId],
  );
  await owner.query(
    `INSERT INTO directory.pools (id, space_id, network_id, resource_kind, name, capacity, created_at)
     VALUES ($1, $2, $3, 'hot_desk', 'Desks', $4, now())`,
    [poolId, spaceId, networkId, seats],
  );
  return { spaceId, poolId };
}

/** Written as rows: only what prices a booking matters here. */
async function makeAgreement(owner, networkId, hosts) {
  const [agreementId, versionId] = [newId(), newId()];
  await owner.query(
    `INSERT INTO reciprocity.agreements (id, name, home_network_id, host_network_id, clearing_network_id,
       request_hash, created_at) VALUES ($1, 'Bench', $2, $2, $2, '', now())`,
    [agreementId, networkId],
  );
  await owner.query(
    `INSERT INTO reciprocity.agreement_versions (id, agreement_id, home_network_id, host_network_id, number, mode,
       valid_from, free_half_days, request_hash, created_at)
     VALUES ($1, $2, $3, $3, 1, 'ACCRUAL_CASH', '2020-01-01', $4, '', now())`,
    [versionId, agreementId, networkId, FREE_HALF_DAYS],
  );
  await owner.query(
    `INSERT INTO reciprocity.signatures (version_id, network_id, home_network_id, host_network_id, signed_by,
       created_at) VALUES ($1, $2, $2, $2, 'bench', now())`,
    [versionId, networkId],
  );
  await owner.query(
    `INSERT INTO reciprocity.rates (version_id, home_network_id, host_network_id, host_space_id, resource_kind,
       rate_minor, unit, created_at)
     SELECT $1, $2, $2, space, 'hot_desk', 1000, 'EUR', now() FROM unnest($3::uuid[]) AS space`,
    [versionId, networkId, hosts.map(({ spaceId }) => spaceId)],
  );
  return agreementId;
}
