/**
 * Networks that settle, their spaces in six currencies, and sealed visit records: written as the owner, past every
 * check, because the door would take days for a million.
 */
import { newId } from '../dist/src/kernel/ids.js';

const NETWORKS = 5;
const UNITS = ['EUR', 'TND', 'GBP', 'CHF', 'MAD', 'TRY'];
/** A space trades with some others, not with all: the pairs of a network grow with its spaces, not with their square. */
const PARTNERS = 20;
const FROM_DAY = '2026-01-01';
const DAYS = 28;
/** How many records have their visit and scan behind them, to be opened. */
const OPENED = 500;

/** Five networks with an agreement and an open window each, `spaces` in all: at least two each, who can owe each other. */
export async function makeNetworks(owner, spaces) {
  if (spaces < 2 * NETWORKS)
    throw new Error(`${NETWORKS} networks need ${2 * NETWORKS} spaces, not ${spaces}.`);
  const networks = [];
  for (let number = 0; number < NETWORKS; number += 1) {
    const ids = { id: newId(), agreementId: newId(), versionId: newId(), windowId: newId() };
    const count = Math.floor((spaces * (number + 1)) / NETWORKS) - Math.floor((spaces * number) / NETWORKS);
    await replica(owner, networkSql(ids, count));
    networks.push({ ...ids, spaces: count });
  }
  return networks;
}

function networkSql({ id, agreementId, versionId, windowId }, count) {
  const now = `'2026-01-01T00:00:00Z'`;
  return `
    INSERT INTO identity.organisations (id, kind, name, country, created_at)
      VALUES ('${id}', 'network', 'Network', 'FR', ${now});
    INSERT INTO directory.networks (id, short_id, unit, created_at) VALUES ('${id}', right('${id}', 8), 'EUR', ${now});
    INSERT INTO directory.parties (id, kind, network_id, name, country, unit, settlement_profile, created_at)
      VALUES ('${id}', 'network', '${id}', 'Network', 'FR', 'EUR', 'NETTING_ALLOWED', ${now});
    INSERT INTO reciprocity.agreements (id, name, home_network_id, host_network_id, clearing_network_id, request_hash,
      created_at) VALUES ('${agreementId}', 'Inside', '${id}', '${id}', '${id}', '', ${now});
    INSERT INTO reciprocity.agreement_versions (id, agreement_id, home_network_id, host_network_id, number, mode,
      valid_from, free_half_days, network_fee_bps, solidarity_bps, request_hash, created_at)
      VALUES ('${versionId}', '${agreementId}', '${id}', '${id}', 1, 'ACCRUAL_CASH', '2025-01-01', 10, 300, 150, '', ${now});
    INSERT INTO settlement.windows (id, network_id, number, state, from_day, request_hash, created_at)
      VALUES ('${windowId}', '${id}', 1, 'OPEN', '${FROM_DAY}', '', ${now});
    CREATE TEMP TABLE made ON COMMIT DROP AS
      SELECT gen_random_uuid() AS id, n, ('{${UNITS.join(',')}}'::text[])[1 + n % ${UNITS.length}] AS unit
      FROM generate_series(0, ${count - 1}) AS n;
    INSERT INTO directory.parties (id, kind, network_id, name, country, unit, settlement_profile, created_at)
      SELECT id, 'space', '${id}', 'Space ' || n, 'FR', unit, 'NETTING_ALLOWED', ${now} FROM made;
    INSERT INTO directory.spaces (id, network_id, operator_id, name, city, country, time_zone, lat, lon, opening_hours,
      closes_on_holidays, half_day_boundary, unit, visibility, created_at)
      SELECT id, '${id}', gen_random_uuid(), 'Space ' || n, 'Marseille', 'FR', 'Europe/Paris', 43.3, 5.4,
        'Mo-Su 09:00-18:00', false, '13:00', unit, 'public', ${now} FROM made;
    INSERT INTO reciprocity.rates (version_id, home_network_id, host_network_id, host_space_id, resource_kind, rate_minor,
      unit, created_at)
      SELECT '${versionId}', '${id}', '${id}', id, 'hot_desk', 500 + 10 * (n % 50), unit, ${now} FROM made;`;
}

/** Half-days and whole days of many guests, spread over the month; nobody is a guest at home. */
export async function makeRecords(owner, network, records) {
  const partners = Math.min(PARTNERS, network.spaces - 1);
  await replica(
    owner,
    `
    CREATE TEMP TABLE hosts ON COMMIT DROP AS
      SELECT id, unit, row_number() OVER (ORDER BY id) - 1 AS n, (SELECT rate_minor FROM reciprocity.rates
        WHERE version_id = '${network.versionId}' AND host_space_id = spaces.id) AS rate
      FROM directory.spaces WHERE network_id = '${network.id}';
    CREATE UNIQUE INDEX ON hosts (n);
    ANALYZE hosts;
    INSERT INTO checkin.visit_records (id, visit_id, scan_id, person_ref, sealed_at, day, home_space_id,
      home_network_id, host_space_id, host_network_id, debtor_party_id, creditor_party_id, agreement_version_id,
      clearing_network_id, mode, unit, half_days, rate_minor, amount_minor, funding, evidence, settles, terms, hash,
      created_at)
    SELECT uuidv7(), gen_random_uuid(), gen_random_uuid(), md5((i / 4)::text)::uuid, '2026-02-01T00:00:00Z',
      date '${FROM_DAY}' + (i % ${DAYS})::int, home.id, '${network.id}', host.id, '${network.id}', home.id, host.id,
      '${network.versionId}', '${network.id}', 'ACCRUAL_CASH', host.unit, 1 + i % 2, host.rate,
      (1 + i % 2) * host.rate, 'VISA_QUOTA', 'A', true, '{"resourceKind": "hot_desk"}', '', '2026-02-01T00:00:00Z'
    FROM generate_series(0, ${records - 1}) AS series (i)
    JOIN hosts host ON host.n = i % ${network.spaces}
    JOIN hosts home ON home.n = (i % ${network.spaces} + 1 + (i / ${network.spaces}) % ${partners}) % ${network.spaces};
    INSERT INTO checkin.visits (id, booking_id, person_id, space_id, host_network_id, home_space_id, home_network_id,
      guest_first_name, day, part, half_days, funding, debtor_party_id, terms, state, evidence, started_at, closes_at,
      seals_at, completed_at, completed_by, created_at)
      SELECT visit_id, gen_random_uuid(), gen_random_uuid(), host_space_id, host_network_id, home_space_id,
        home_network_id, 'A', day, 'DAY', half_days, funding, debtor_party_id, '{}', 'SEALED', 'A', sealed_at,
        sealed_at, sealed_at, sealed_at, 'system', sealed_at
      FROM (SELECT * FROM checkin.visit_records WHERE clearing_network_id = '${network.id}' LIMIT ${OPENED}) AS chosen;
    INSERT INTO checkin.scans (id, request_hash, code_hash, space_id, host_network_id, home_network_id, person_id,
      credential_id, visit_id, state, evidence, day, scanned_at, decided_at, scanned_by, created_at)
      SELECT scan_id, '', '', host_space_id, host_network_id, home_network_id, gen_random_uuid(), gen_random_uuid(),
        visit_id, 'ACCEPTED', 'A', day, sealed_at, sealed_at, 'device', sealed_at
      FROM (SELECT * FROM checkin.visit_records WHERE clearing_network_id = '${network.id}' LIMIT ${OPENED}) AS chosen;`,
  );
}

async function replica(owner, sql) {
  await owner.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql} COMMIT;`);
}
