/** The way of a loop: read a record, look its rate up, write its line, add it to two positions, commit. */
import pg from 'pg';
import { makeNetworks, makeRecords } from './settlement-scene.mjs';

const SPACES = 100;

/** Seconds a record. */
export async function loopOver({ owner, url }, records) {
  const [network] = await makeNetworks(owner, SPACES);
  await makeRecords(owner, network, records);
  await owner.query(
    'CREATE TABLE loop_lines (id uuid PRIMARY KEY, debtor uuid, creditor uuid, unit text, minor bigint)',
  );
  await owner.query(
    'CREATE TABLE loop_positions (party uuid, unit text, minor bigint, PRIMARY KEY (party, unit))',
  );
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('SELECT id FROM checkin.visit_records WHERE clearing_network_id = $1', [
    network.id,
  ]);
  const start = performance.now();
  for (const { id } of rows) await settleOne(client, id);
  const seconds = (performance.now() - start) / 1_000;
  await client.end();
  return seconds / rows.length;
}

async function settleOne(client, id) {
  await client.query('BEGIN');
  const { rows } = await client.query('SELECT * FROM checkin.visit_records WHERE id = $1', [id]);
  const [record] = rows;
  const rate = await client.query(
    'SELECT rate_minor FROM reciprocity.rates WHERE version_id = $1 AND host_space_id = $2',
    [record.agreement_version_id, record.host_space_id],
  );
  const minor = record.half_days * Number(rate.rows[0].rate_minor);
  await client.query('INSERT INTO loop_lines VALUES ($1, $2, $3, $4, $5)', [
    id,
    record.debtor_party_id,
    record.creditor_party_id,
    record.unit,
    minor,
  ]);
  for (const [party, change] of [
    [record.debtor_party_id, -minor],
    [record.creditor_party_id, minor],
  ])
    await client.query(
      `INSERT INTO loop_positions VALUES ($1, $2, $3)
       ON CONFLICT (party, unit) DO UPDATE SET minor = loop_positions.minor + EXCLUDED.minor`,
      [party, record.unit, change],
    );
  await client.query('COMMIT');
}
