import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import type { Unit } from '../../src/kernel/money.js';
import { ownerSql } from './app.js';
import { makeOrganisation } from './make-identity.js';

const CREATED_AT = '2026-01-01T00:00:00Z';

type Network = { id: string; shortId: string; unit: Unit };

/** A network as rows, with the least that others need of it. */
export async function placeNetwork(
  app: NestFastifyApplication,
  { parentId = null, unit = 'EUR' }: { parentId?: string | null; unit?: Unit } = {},
): Promise<Network> {
  const { id } = await makeOrganisation(app, { parentId });
  const shortId = `n${id.slice(-7)}`;
  await ownerSql('INSERT INTO directory.networks (id, short_id, unit, created_at) VALUES ($1, $2, $3, $4)', [
    id,
    shortId,
    unit,
    CREATED_AT,
  ]);
  await placeParty(id, 'network', { id, shortId, unit });
  return { id, shortId, unit };
}

export async function placeSpace(
  app: NestFastifyApplication,
  network: Network,
): Promise<{ id: string; networkId: string; operatorId: string }> {
  const operator = await makeOrganisation(app, { kind: 'operator', parentId: network.id });
  const id = newId();
  await placeParty(id, 'space', network);
  await ownerSql(
    `INSERT INTO directory.spaces (id, network_id, operator_id, name, city, country, time_zone, lat, lon,
       opening_hours, closes_on_holidays, half_day_boundary, unit, visibility, created_at)
     VALUES ($1, $2, $3, 'Atelier', 'Marseille', 'FR', 'Europe/Paris', 43.3, 5.4, 'Mo-Fr 09:00-18:00', true,
       '13:00', $4, 'public', $5)`,
    [id, network.id, operator.id, network.unit, CREATED_AT],
  );
  return { id, networkId: network.id, operatorId: operator.id };
}

export async function placeHome(personId: string, space: { id: string; networkId: string }): Promise<void> {
  await ownerSql(
    `INSERT INTO directory.homes (id, person_id, space_id, network_id, from_day, created_at)
     VALUES ($1, $2, $3, $4, '2026-01-01', $5)`,
    [newId(), personId, space.id, space.networkId, CREATED_AT],
  );
}

async function placeParty(id: string, kind: 'space' | 'network', network: Network): Promise<void> {
  await ownerSql(
    `INSERT INTO directory.parties (id, kind, network_id, name, country, unit, settlement_profile, created_at)
     VALUES ($1, $2, $3, $4, 'FR', $5, 'NETTING_ALLOWED', $6)`,
    [id, kind, network.id, network.shortId, network.unit, CREATED_AT],
  );
}
