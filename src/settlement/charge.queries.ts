import { dayAt, type Instant } from '../kernel/time.js';
import { sql, type Tx } from '../platform/db.js';

type Closing = {
  readonly id: string;
  readonly networkId: string;
  readonly untilDay: string;
  readonly now: Instant;
  readonly actor: string;
};

/**
 * The network's fee and the solidarity share of what each host accrued, by the terms of each visit: basis points of
 * each line, from the host, rounded down on the line or on the sum, as the agreement says.
 */
export const SHARES = sharesOf(`
  SELECT line.*, clauses.network_fee_bps, clauses.solidarity_bps, clauses.rounding
  FROM (
    SELECT line.debtor_party_id, line.creditor_party_id, line.unit, line.amount_minor,
      record.agreement_version_id AS version_id, count(*) AS times
    FROM settlement.lines line
    JOIN checkin.pub_visit_records record ON record.id = line.record_id AND record.clearing_network_id = $2
    WHERE line.window_id = $1 GROUP BY 1, 2, 3, 4, 5) AS line
  JOIN reciprocity.pub_clauses clauses ON clauses.version_id = line.version_id
    AND clauses.network_fee_bps + clauses.solidarity_bps > 0`);

/**
 * The same of any lines that carry their clauses, equal ones as one line that stands so many `times`; $2 is the network
 * that takes the shares.
 */
export function sharesOf(lines: string): string {
  return `
  SELECT share.kind, creditor_party_id AS host_id, version_id, unit,
    CASE rounding WHEN 'LINE' THEN sum(times * (amount_minor * share.bps / 10000))
      ELSE floor(sum(times * amount_minor) * share.bps / 10000) END::bigint AS minor
  FROM (${lines}) AS line
  CROSS JOIN LATERAL (VALUES ('FEE', network_fee_bps), ('SOLIDARITY', solidarity_bps)) AS share (kind, bps)
  WHERE unit <> 'HALF_DAY' AND share.bps > 0 AND debtor_party_id <> creditor_party_id AND creditor_party_id <> $2
  GROUP BY share.kind, share.bps, rounding, creditor_party_id, version_id, unit`;
}

export async function addShares(tx: Tx, closing: Closing): Promise<void> {
  await sql(
    tx,
    `INSERT INTO settlement.charges (id, network_id, kind, debtor_party_id, creditor_party_id, unit, amount_minor, day,
       agreement_version_id, charged_by, created_at)
     SELECT settlement.derived_id($1, concat_ws('/', 'share', kind, host_id, version_id, unit)), $2, kind, host_id, $2,
       unit, minor, $3, version_id, $4, $5
     FROM (${SHARES}) AS shares WHERE minor > 0`,
    [closing.id, closing.networkId, closing.untilDay, closing.actor, closing.now.toString()],
  );
}

/** Once a calendar year from every space below the network: the id is the year's, so no window charges it again. */
export async function addDues(
  tx: Tx,
  closing: Closing,
  dues: { readonly unit: string; readonly minor: number },
): Promise<void> {
  if (dues.minor === 0) return;
  await sql(
    tx,
    `WITH RECURSIVE below AS (
       SELECT id FROM identity.pub_networks WHERE id = $1
       UNION ALL
       SELECT network.id FROM identity.pub_networks network JOIN below ON network.parent_id = below.id)
     INSERT INTO settlement.charges (id, network_id, kind, debtor_party_id, creditor_party_id, unit, amount_minor, day,
       note, charged_by, created_at)
     SELECT settlement.derived_id($1, concat_ws('/', 'dues', left($2::text, 4), party.id)), $1, 'DUES', party.id, $1,
       $3, $4, $2::date, left($2::text, 4), $5, $6
     FROM directory.pub_parties party JOIN below ON below.id = party.network_id
     WHERE party.kind = 'space' ON CONFLICT DO NOTHING`,
    [closing.networkId, closing.untilDay, dues.unit, dues.minor, closing.actor, closing.now.toString()],
  );
}

/** What two parties brought with them, once two people have signed it. */
export async function addOpenings(tx: Tx, closing: Closing): Promise<void> {
  await sql(
    tx,
    `INSERT INTO settlement.charges (id, network_id, kind, debtor_party_id, creditor_party_id, unit, amount_minor, day,
       note, charged_by, created_at)
     SELECT settlement.derived_id(opening.id, 'opening'), opening.network_id, 'OPENING', debtor_party_id,
       creditor_party_id, unit, amount_minor, day, note, signed.signed_by, $2
     FROM settlement.opening_balances opening
     JOIN treasury.pub_signed_approvals signed ON signed.id = opening.id AND signed.act = 'OPENING_BALANCE'
     WHERE opening.network_id = $1 ON CONFLICT DO NOTHING`,
    [closing.networkId, closing.now.toString()],
  );
}

/**
 * What guests had beside their desks and their home spaces have confirmed, where an agreement between the two is cleared
 * here. Each use once: its id is the charge's.
 */
export async function addServices(tx: Tx, closing: Closing): Promise<void> {
  await sql(
    tx,
    `WITH RECURSIVE above AS (
       SELECT id AS network_id, id FROM identity.pub_networks
       UNION ALL
       SELECT above.network_id, network.parent_id FROM above JOIN identity.pub_networks network ON network.id = above.id
       WHERE network.parent_id IS NOT NULL),
     cleared AS (
       SELECT home_network_id AS one, host_network_id AS other FROM reciprocity.pub_agreement_versions
       WHERE clearing_network_id = $1)
     INSERT INTO settlement.charges (id, network_id, kind, debtor_party_id, creditor_party_id, unit, amount_minor, day,
       note, charged_by, created_at)
     SELECT settlement.derived_id(used.id, 'service'), $1, 'SERVICE', used.home_space_id, used.host_space_id, used.unit,
       used.amount_minor, used.day, format('%s %s × %s: %s', used.kind, used.quantity, used.per, used.title),
       used.confirmed_by, $3
     FROM encounters.pub_confirmed_uses used
     WHERE used.amount_minor > 0 AND used.day <= greatest($2::date, $4::date) AND EXISTS (SELECT FROM cleared
       JOIN above home ON home.network_id = used.home_network_id
       JOIN above host ON host.network_id = used.host_network_id
       WHERE (home.id, host.id) IN ((cleared.one, cleared.other), (cleared.other, cleared.one)))
     ON CONFLICT DO NOTHING`,
    [closing.networkId, closing.untilDay, closing.now.toString(), dayAt(closing.now, 'UTC').toString()],
  );
}

/** Every charge of the network that stands in no window yet. */
export async function takeCharges(tx: Tx, closing: Closing): Promise<void> {
  await sql(
    tx,
    `INSERT INTO settlement.charge_lines (charge_id, window_id, network_id, created_at)
     SELECT charge.id, $1, $2, $3 FROM settlement.charges charge
     WHERE charge.network_id = $2 AND charge.day <= greatest($4::date, $5::date)
       AND NOT EXISTS (SELECT FROM settlement.charge_lines line WHERE line.charge_id = charge.id)`,
    [
      closing.id,
      closing.networkId,
      closing.now.toString(),
      closing.untilDay,
      closing.now.toZonedDateTimeISO('UTC').toPlainDate().toString(),
    ],
  );
}

/** All that an aborted window held becomes due again, in the window that is open. */
export async function chargeAgain(
  tx: Tx,
  window: { readonly id: string; readonly networkId: string },
  by: { readonly actor: string; readonly now: Instant },
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO settlement.charges (id, network_id, kind, debtor_party_id, creditor_party_id, unit, amount_minor, day,
       record_id, agreement_version_id, note, charged_by, created_at)
     SELECT settlement.derived_id($1, concat_ws('/', 'again', record_id)), $2::uuid, 'REBILLED', debtor_party_id,
       creditor_party_id, unit, amount_minor, day, record_id, NULL::uuid, '', $3, $4::timestamptz
     FROM settlement.lines WHERE window_id = $1 AND amount_minor > 0 AND debtor_party_id <> creditor_party_id
     UNION ALL
     SELECT settlement.derived_id($1, concat_ws('/', 'again', charge.id)), $2::uuid, kind, debtor_party_id,
       creditor_party_id, unit, amount_minor, day, record_id, agreement_version_id, note, $3, $4::timestamptz
     FROM settlement.charge_lines line JOIN settlement.charges charge ON charge.id = line.charge_id
     WHERE line.window_id = $1`,
    [window.id, window.networkId, by.actor, by.now.toString()],
  );
}
