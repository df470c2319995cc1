/** People with passes in front of a door that never closes, and somebody of each role that it takes. */
import { Identity } from '../dist/src/identity/index.js';
import { newId } from '../dist/src/kernel/ids.js';
import { makeHolder } from '../dist/src/passes/index.js';
import { Db } from '../dist/src/platform/db.js';
import { namedScope } from '../dist/src/platform/scope.js';

/** The first two people of a scene work here; the others are guests. */
export async function openDoors(app, owner, scene) {
  await owner.query(`UPDATE directory.spaces SET opening_hours = '24/7', time_zone = 'Africa/Abidjan'`);
  await owner.query(
    `INSERT INTO directory.parties (id, kind, network_id, name, country, unit, settlement_profile, created_at)
     VALUES ($1, 'network', $1, 'Bench', 'FR', 'EUR', 'NETTING_ALLOWED', now())`,
    [scene.networkId],
  );
  const { rows } = await owner.query('SELECT operator_id AS id FROM directory.spaces LIMIT 1');
  const [admin, staff, ...guests] = scene.people;
  await app.get(Db).tx(namedScope('operator'), async (tx) => {
    const grant = (person, organisationId, role) =>
      app.get(Identity).grant(tx, { personId: person.id, organisationId, role });
    await grant(admin, scene.networkId, 'network_admin');
    await grant(staff, rows[0].id, 'space_staff');
  });
  return { ...scene, admin, staff, guests };
}

/** A pass for each guest, and the phone that holds it. `client` speaks HTTP. */
export async function issuePasses(client, { networkId, admin, guests }) {
  const put = async ({ token }, path, body) =>
    JSON.parse((await client.demand('PUT', path, { token, body })).text);
  const productId = newId();
  await put(admin, `/v1/products/${productId}`, {
    networkId,
    name: 'Ten days',
    halfDays: 20,
    validDays: 365,
    price: { unit: 'EUR', minor: 15_000 },
    scope: { networkIds: [networkId], spaceIds: [], resourceKinds: ['hot_desk'] },
    offline: 'allowed',
  });
  const phones = [];
  for (const guest of guests) {
    const [passId, holder] = [newId(), makeHolder()];
    await put(admin, `/v1/passes/${passId}`, { productId, personId: guest.id });
    const { credential } = await put(guest, `/v1/credentials/${newId()}`, {
      passId,
      holderKey: holder.holderKey,
    });
    phones.push({ holder, credential });
  }
  return phones;
}
