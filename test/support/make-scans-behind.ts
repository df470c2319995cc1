import { tamperingSql } from './app.js';

/** The visit and the scan that a sealed record names, for records that a test has written by itself. */
export async function makeScansBehind(records: readonly string[]): Promise<void> {
  await tamperingSql(
    `INSERT INTO checkin.visits (id, booking_id, person_id, space_id, host_network_id, home_space_id, home_network_id,
       guest_first_name, day, part, half_days, funding, debtor_party_id, terms, state, evidence, started_at, closes_at,
       seals_at, completed_at, completed_by, created_at)
     SELECT visit_id, gen_random_uuid(), gen_random_uuid(), host_space_id, host_network_id, home_space_id,
       home_network_id, 'Inès', day, 'DAY', half_days, funding, debtor_party_id, '{}', 'SEALED', evidence,
       day + time '08:30', day + time '17:00', sealed_at, day + time '17:00', 'system', sealed_at
     FROM checkin.visit_records WHERE id = ANY ($1::uuid[])`,
    [records],
  );
  await tamperingSql(
    `INSERT INTO checkin.scans (id, request_hash, code_hash, space_id, host_network_id, home_network_id, person_id,
       credential_id, visit_id, state, evidence, day, scanned_at, decided_at, scanned_by, created_at)
     SELECT scan_id, '', 'hash of ' || id, host_space_id, host_network_id, home_network_id, gen_random_uuid(),
       gen_random_uuid(), visit_id, 'ACCEPTED', evidence, day, day + time '08:30', day + time '08:30', 'device', sealed_at
     FROM checkin.visit_records WHERE id = ANY ($1::uuid[])`,
    [records],
  );
}
