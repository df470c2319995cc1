import type { Evidence, Refusal } from '../kernel/pass-code/esc1.js';
import type { Language } from '../kernel/wire.js';
import { instantFromDate, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import type { DoorReason } from './door-reasons.schema.js';

/** One reading of a pass code. `code` never gets this far: only its hash does. */
export type Scan = {
  readonly id: string;
  readonly requestHash: string;
  readonly codeHash: string;
  readonly spaceId: string;
  readonly hostNetworkId: string;
  readonly homeNetworkId: string | null;
  readonly personId: string | null;
  readonly credentialId: string | null;
  readonly visitId: string | null;
  readonly state: 'ACCEPTED' | 'REFUSED' | 'ACCEPTED_OFFLINE';
  readonly reason: DoorReason | null;
  readonly refusal: Refusal | null;
  readonly evidence: Evidence | null;
  readonly day: PlainDate;
  readonly scannedAt: Instant;
  readonly decidedAt: Instant;
  readonly scannedBy: string;
  /** How we know who came: by a code at the door, by hand, by the poster on the wall, or against a refusal. */
  readonly kind: 'CODE' | 'HAND' | 'POSTER' | 'OVERRIDE';
  /** What the guest reads the answer in; null when we do not know who it is. */
  readonly guestLanguage: Language | null;
};

export type NewScan = Omit<Scan, 'kind' | 'guestLanguage'> & Partial<Pick<Scan, 'kind' | 'guestLanguage'>>;

type Stamp = Parameters<typeof instantFromDate>[0];

/** False when another scan has this id. */
export async function insertScan(tx: Tx, scan: NewScan): Promise<boolean> {
  const inserted = await sql(
    tx,
    `INSERT INTO checkin.scans (id, request_hash, code_hash, space_id, host_network_id, home_network_id, person_id,
       credential_id, visit_id, state, reason, refusal, evidence, day, scanned_at, decided_at, scanned_by, kind, guest_language,
       created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $16)
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [
      scan.id,
      scan.requestHash,
      scan.codeHash,
      scan.spaceId,
      scan.hostNetworkId,
      scan.homeNetworkId,
      scan.personId,
      scan.credentialId,
      scan.visitId,
      scan.state,
      scan.reason,
      scan.refusal,
      scan.evidence,
      scan.day.toString(),
      scan.scannedAt.toString(),
      scan.decidedAt.toString(),
      scan.scannedBy,
      scan.kind ?? 'CODE',
      scan.guestLanguage ?? null,
    ],
  );
  return inserted.length === 1;
}

export async function findScan(on: Reader, id: string): Promise<Scan | null> {
  const [scan] = await select(on, 'WHERE id = $1', [id]);
  return scan ?? null;
}

export function scansOfDay(on: Reader, of: { spaceId: string; day: PlainDate }): Promise<Scan[]> {
  return select(on, 'WHERE space_id = $1 AND day = $2 ORDER BY decided_at, id', [
    of.spaceId,
    of.day.toString(),
  ]);
}

/** The scan that opened the visit: what its record points to. */
export async function firstScans(
  on: Reader,
  visitIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ id: string; visitId: string }>(
    on,
    `SELECT DISTINCT ON (visit_id) id, visit_id AS "visitId" FROM (
       SELECT id, visit_id, decided_at AS at FROM checkin.scans WHERE visit_id = ANY ($1)
       UNION ALL
       SELECT scan.id, offline.visit_id, scan.scanned_at FROM checkin.offline_scans offline
         JOIN checkin.scans scan ON scan.id = offline.scan_id WHERE offline.visit_id = ANY ($1)) AS entries
     ORDER BY visit_id, at, id`,
    [visitIds],
  );
  return new Map(rows.map((row) => [row.visitId, row.id]));
}

/** The reading by which the guest came in, the first time and the last time. */
export async function entriesOf(on: Reader, visitId: string): Promise<{ first: Scan; last: Scan } | null> {
  const scans = await select(on, `WHERE visit_id = $1 ORDER BY decided_at, id`, [visitId]);
  const [first, last] = [scans[0], scans.at(-1)];
  return first && last ? { first, last } : null;
}

/** Takes a shown code out of use; false when it was used before. Whoever comes second waits for the first. */
export async function useShownCode(
  tx: Tx,
  code: { cti: Uint8Array; shownAt: Instant; spaceTag: Uint8Array },
  scan: { id: string; hostNetworkId: string; decidedAt: Instant },
): Promise<boolean> {
  const inserted = await sql(
    tx,
    `INSERT INTO checkin.shown_codes (cti, shown_at, space_tag, scan_id, host_network_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING scan_id`,
    [
      Buffer.from(code.cti),
      code.shownAt.toString(),
      Buffer.from(code.spaceTag),
      scan.id,
      scan.hostNetworkId,
      scan.decidedAt.toString(),
    ],
  );
  return inserted.length === 1;
}

async function select(on: Reader, conditions: string, values: unknown[]): Promise<Scan[]> {
  const rows = await sql<
    Omit<Scan, 'day' | 'scannedAt' | 'decidedAt'> & { day: string; scannedAt: Stamp; decidedAt: Stamp }
  >(
    on,
    `SELECT id, request_hash AS "requestHash", code_hash AS "codeHash", space_id AS "spaceId",
            host_network_id AS "hostNetworkId", home_network_id AS "homeNetworkId", person_id AS "personId",
            credential_id AS "credentialId", visit_id AS "visitId", state, reason, refusal, evidence, day,
            scanned_at AS "scannedAt", decided_at AS "decidedAt", scanned_by AS "scannedBy",
            kind, guest_language AS "guestLanguage"
     FROM checkin.scans ${conditions}`,
    values,
  );
  return rows.map((row) => ({
    ...row,
    day: Temporal.PlainDate.from(row.day),
    scannedAt: instantFromDate(row.scannedAt),
    decidedAt: instantFromDate(row.decidedAt),
  }));
}
