import type { Evidence } from '../kernel/pass-code/esc1.js';
import { instantFromDate, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import type { OfflineDecision } from './checkin.schema.js';
import type { DoorReason } from './door-reasons.schema.js';
import type { Scan } from './scan.queries.js';

/** What became of a scan that a tablet decided alone. */
export type Outcome =
  | { readonly outcome: 'CONFIRMED'; readonly visitId: string; readonly conflict: null }
  | { readonly outcome: 'CONFLICT'; readonly visitId: null; readonly conflict: DoorReason }
  | { readonly outcome: null; readonly visitId: null; readonly conflict: null };

export type OfflineScan = Outcome & {
  readonly verdict: OfflineDecision['verdict'];
  /** Later than the tablet's list: it could not know. */
  readonly withdrawnAt: Instant | null;
  /** Taken back at the door before anybody told us. */
  readonly undoneAt: Instant | null;
};

type Stamp = Parameters<typeof instantFromDate>[0];

export async function insertOfflineScan(
  tx: Tx,
  scan: Pick<Scan, 'id' | 'hostNetworkId' | 'homeNetworkId' | 'personId' | 'decidedAt'>,
  made: { decision: OfflineDecision; conflict: DoorReason | null; withdrawnAt: Instant | null },
): Promise<void> {
  const { decision, conflict, withdrawnAt } = made;
  await sql(
    tx,
    `INSERT INTO checkin.offline_scans (scan_id, host_network_id, home_network_id, person_id, verdict, package_hash,
       package_from, decided_at, outcome, conflict, withdrawn_at, created_at, undone_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (scan_id) DO NOTHING`,
    [
      scan.id,
      scan.hostNetworkId,
      scan.homeNetworkId,
      scan.personId,
      decision.verdict,
      decision.packageId,
      decision.packageFrom,
      decision.decidedAt,
      conflict && 'CONFLICT',
      conflict,
      withdrawnAt?.toString() ?? null,
      scan.decidedAt.toString(),
      decision.undoneAt ?? null,
    ],
  );
}

export async function offlineScans(
  on: Reader,
  scanIds: readonly string[],
): Promise<ReadonlyMap<string, OfflineScan>> {
  const rows = await sql<OfflineScan & { scanId: string; withdrawnAt: Stamp | null; undoneAt: Stamp | null }>(
    on,
    `SELECT scan_id AS "scanId", verdict, outcome, conflict, visit_id AS "visitId", withdrawn_at AS "withdrawnAt",
            undone_at AS "undoneAt"
     FROM checkin.offline_scans WHERE scan_id = ANY ($1)`,
    [scanIds],
  );
  return new Map(
    rows.map(({ scanId, withdrawnAt, undoneAt, ...row }) => [
      scanId,
      {
        ...row,
        withdrawnAt: withdrawnAt && instantFromDate(withdrawnAt),
        undoneAt: undoneAt && instantFromDate(undoneAt),
      },
    ]),
  );
}

/** A guest whom a tablet let in, as the merge sees it. */
export type Admitted = Outcome & {
  readonly id: string;
  readonly spaceId: string;
  readonly personId: string;
  readonly passId: string;
  readonly codeHash: string;
  readonly evidence: Evidence;
  readonly day: PlainDate;
  readonly scannedAt: Instant;
  readonly decidedAt: Instant;
  /** How often its outcome was taken back: ids made for it do not come back. */
  readonly attempts: number;
};

/**
 * Everything of one person that a tablet admitted and that may still change. Sealed visits, and those that
 * somebody has declared invalid, stay as they are.
 */
export async function admittedOf(tx: Tx, personId: string, since: Instant): Promise<Admitted[]> {
  const rows = await sql<
    Omit<Admitted, 'day' | 'scannedAt' | 'decidedAt'> & { day: string; scannedAt: Stamp; decidedAt: Stamp }
  >(
    tx,
    `SELECT scan.id, scan.space_id AS "spaceId", scan.person_id AS "personId", credential.pass_id AS "passId",
            scan.code_hash AS "codeHash", scan.evidence, scan.day::text AS day, scan.scanned_at AS "scannedAt",
            scan.decided_at AS "decidedAt", offline.outcome, offline.conflict, offline.visit_id AS "visitId",
            offline.attempts
     FROM checkin.offline_scans offline
     JOIN checkin.scans scan ON scan.id = offline.scan_id AND scan.state = 'ACCEPTED_OFFLINE'
     JOIN passes.pub_credentials credential ON credential.id = scan.credential_id
     LEFT JOIN checkin.visits visit ON visit.id = offline.visit_id
     WHERE offline.person_id = $1 AND scan.scanned_at >= $2 AND offline.undone_at IS NULL
       AND (visit.id IS NULL OR visit.state IN ('ACTIVE', 'COMPLETED'))
     FOR UPDATE OF offline`,
    [personId, since.toString()],
  );
  return rows.map((row) => ({
    ...row,
    day: Temporal.PlainDate.from(row.day),
    scannedAt: instantFromDate(row.scannedAt),
    decidedAt: instantFromDate(row.decidedAt),
  })) as Admitted[];
}

/** The networks of all doors that have admitted this person: what a merge must reach. */
export async function hostsOf(on: Reader, personId: string): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    on,
    `SELECT DISTINCT host_network_id AS id FROM checkin.offline_scans WHERE person_id = $1`,
    [personId],
  );
  return rows.map(({ id }) => id);
}

export async function lockGuest(tx: Tx, personId: string): Promise<void> {
  await sql(tx, `SELECT pg_advisory_xact_lock(hashtextextended('checkin.guest/' || $1::uuid, 0))`, [
    personId,
  ]);
}

export async function writeOutcome(tx: Tx, scanId: string, to: Outcome): Promise<void> {
  await sql(
    tx,
    `UPDATE checkin.offline_scans SET outcome = $2, conflict = $3, visit_id = $4,
            attempts = attempts + CASE WHEN $2::text IS NULL THEN 1 ELSE 0 END
     WHERE scan_id = $1`,
    [scanId, to.outcome, to.conflict, to.visitId],
  );
}

/** Was this very code taken at another reading, by a door that asked us? */
export async function wasTakenOnline(on: Reader, scan: Pick<Admitted, 'id' | 'codeHash'>): Promise<boolean> {
  const [row] = await sql(
    on,
    `SELECT FROM checkin.scans WHERE code_hash = $1 AND id <> $2 AND state = 'ACCEPTED' LIMIT 1`,
    [scan.codeHash, scan.id],
  );
  return row !== undefined;
}

/** Scans of these codes at other doors: a picture of a code has been about. */
export async function codesSeenElsewhere(
  on: Reader,
  of: { spaceId: string; codeHashes: readonly string[] },
): Promise<ReadonlySet<string>> {
  const rows = await sql<{ codeHash: string }>(
    on,
    `SELECT DISTINCT code_hash AS "codeHash" FROM checkin.scans WHERE code_hash = ANY ($1) AND space_id <> $2`,
    [of.codeHashes, of.spaceId],
  );
  return new Set(rows.map(({ codeHash }) => codeHash));
}
