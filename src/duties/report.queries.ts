import { sql, type Reader } from '../platform/db.js';

export type Four = [number, number, number, number];
export type Listing = {
  readonly spaceId: string;
  readonly unit: string;
  readonly consideration: Four;
  readonly fees: Four;
  readonly visits: Four;
  readonly days: number;
};

type Row = { spaceId: string; unit: string; what: 'INCOME' | 'FEES'; quarter: number; minor: string };
type Visits = { spaceId: string; quarter: number; visits: number; days: number };

const QUARTER = (column: string) => `extract(quarter FROM ${column})::int`;

/**
 * What each space earned and what it paid to networks, by the documents of the year: invoices less credit notes, without
 * VAT. Visits are counted by the sealed records, and the days on which there was one.
 */
export async function listingsOf(
  on: Reader,
  spaceIds: readonly string[],
  year: number,
): Promise<ReadonlyMap<string, Listing[]>> {
  const given = [[...spaceIds], `${year}-01-01`, `${year + 1}-01-01`];
  const rows = await sql<Row>(
    on,
    `SELECT party_id AS "spaceId", unit, what, ${QUARTER('day')} AS quarter, sum(minor)::text AS minor FROM (
       SELECT issuer_party_id AS party_id, unit, 'INCOME' AS what, issued_at AT TIME ZONE 'UTC' AS day,
         CASE kind WHEN 'INVOICE' THEN net_minor ELSE -net_minor END AS minor
       FROM billing.pub_document_facts
       WHERE kind IN ('INVOICE', 'CREDIT_NOTE') AND issuer_party_id = ANY ($1::uuid[])
       UNION ALL
       SELECT recipient_party_id, document.unit, 'FEES', issued_at AT TIME ZONE 'UTC',
         CASE document.kind WHEN 'INVOICE' THEN net_minor ELSE -net_minor END
       FROM billing.pub_document_facts document JOIN directory.pub_parties issuer ON issuer.id = issuer_party_id
       WHERE document.kind IN ('INVOICE', 'CREDIT_NOTE') AND issuer.kind = 'network'
         AND recipient_party_id = ANY ($1::uuid[])) AS told
     WHERE day >= $2::date AND day < $3::date AND unit <> 'HALF_DAY' GROUP BY 1, 2, 3, 4`,
    given,
  );
  const visits = await sql<Visits>(
    on,
    `SELECT host_space_id AS "spaceId", ${QUARTER('day')} AS quarter, count(*)::int AS visits,
       count(DISTINCT day)::int AS days
     FROM checkin.pub_visit_records
     WHERE host_space_id = ANY ($1::uuid[]) AND day >= $2::date AND day < $3::date AND amount_minor > 0
       AND unit <> 'HALF_DAY' GROUP BY 1, 2`,
    given,
  );
  return new Map(spaceIds.map((id) => [id, listings(id, rows, visits)]));
}

/** One for each currency. What a space earned is told net of what it paid for the selling (Annex V, section I.A(10)). */
function listings(spaceId: string, all: readonly Row[], allVisits: readonly Visits[]): Listing[] {
  const rows = all.filter((row) => row.spaceId === spaceId);
  const visits = allVisits.filter((row) => row.spaceId === spaceId);
  return [...new Set(rows.map(({ unit }) => unit))].toSorted().map((unit) => {
    const sum = (what: Row['what'], quarter: number) =>
      rows
        .filter((row) => row.unit === unit && row.what === what && row.quarter === quarter)
        .reduce((total, { minor }) => total + Number(minor), 0);
    return {
      spaceId,
      unit,
      consideration: four((quarter) => sum('INCOME', quarter) - sum('FEES', quarter)),
      fees: four((quarter) => sum('FEES', quarter)),
      visits: four((quarter) => visits.find((row) => row.quarter === quarter)?.visits ?? 0),
      days: visits.reduce((total, { days }) => total + days, 0),
    };
  });
}

function four(of: (quarter: number) => number): Four {
  return [of(1), of(2), of(3), of(4)];
}

export type Reporter = {
  readonly name: string;
  readonly country: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly tin: string | null;
};

/** The network as the law names it; null while it has not said. */
export async function reporterOf(on: Reader, networkId: string, day: string): Promise<Reporter | null> {
  const [found] = await sql<Reporter>(
    on,
    `SELECT legal_name AS name, country, street, postcode, city, tax_number AS tin FROM billing.pub_legal_entities
     WHERE party_id = $1 AND from_day <= $2::date ORDER BY from_day DESC LIMIT 1`,
    [networkId, day],
  );
  return found ?? null;
}
