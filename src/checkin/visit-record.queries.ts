import { instantFromDate, Temporal } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import type { RecordedStay, VisitRecord } from './visit.js';

type Stamp = Parameters<typeof instantFromDate>[0];
export type StoredRecord = { readonly record: VisitRecord; readonly hash: string };

export async function insertRecord(tx: Tx, { record, hash }: StoredRecord): Promise<void> {
  await sql(
    tx,
    `INSERT INTO checkin.visit_records (id, visit_id, scan_id, person_ref, sealed_at, day, home_space_id,
       home_network_id, host_space_id, host_network_id, debtor_party_id, creditor_party_id, agreement_version_id,
       clearing_network_id, mode, unit, half_days, rate_minor, amount_minor, funding, evidence, settles, terms,
       hash, created_at, part, per, step_minutes, minimum_minutes, day_max_minor, grace_minutes, minutes,
       over_minutes)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
       $23::jsonb, $24, $5, $25, $26, $27, $28, $29, $30, $31, $32)`,
    [
      record.id,
      record.visitId,
      record.scanId,
      record.personRef,
      record.sealedAt.toString(),
      record.day.toString(),
      record.homeSpaceId,
      record.homeNetworkId,
      record.hostSpaceId,
      record.hostNetworkId,
      record.debtorPartyId,
      record.creditorPartyId,
      record.agreementVersionId,
      record.clearingNetworkId,
      record.mode,
      record.unit,
      record.halfDays,
      record.rateMinor,
      record.amountMinor,
      record.funding,
      record.evidence,
      record.settles,
      JSON.stringify(record.terms),
      hash,
      record.stay?.part ?? null,
      record.stay?.per ?? 'HALF_DAY',
      record.stay?.stepMinutes ?? null,
      record.stay?.minimumMinutes ?? 0,
      record.stay?.dayMaxMinor ?? null,
      record.stay?.graceMinutes ?? null,
      record.stay?.minutes ?? null,
      record.stay?.overMinutes ?? 0,
    ],
  );
}

export async function findRecord(on: Reader, id: string): Promise<StoredRecord | null> {
  type Stay = Omit<RecordedStay, 'dayMaxMinor' | 'minutes'> & {
    dayMaxMinor: string | null;
    minutes: number | null;
  };
  type Row = Omit<VisitRecord, 'sealedAt' | 'day' | 'rateMinor' | 'amountMinor' | 'stay'> &
    Stay & {
      sealedAt: Stamp;
      day: string;
      rateMinor: string;
      amountMinor: string;
      hash: string;
    };
  const [row] = await sql<Row>(
    on,
    `SELECT id, visit_id AS "visitId", scan_id AS "scanId", person_ref AS "personRef", sealed_at AS "sealedAt",
            day, home_space_id AS "homeSpaceId", home_network_id AS "homeNetworkId",
            host_space_id AS "hostSpaceId", host_network_id AS "hostNetworkId",
            debtor_party_id AS "debtorPartyId", creditor_party_id AS "creditorPartyId",
            agreement_version_id AS "agreementVersionId", clearing_network_id AS "clearingNetworkId", mode, unit,
            half_days AS "halfDays", rate_minor AS "rateMinor", amount_minor AS "amountMinor", funding, evidence,
            settles, terms, hash, part, per, step_minutes AS "stepMinutes", minimum_minutes AS "minimumMinutes",
            day_max_minor AS "dayMaxMinor", grace_minutes AS "graceMinutes", minutes, over_minutes AS "overMinutes"
     FROM checkin.visit_records WHERE id = $1`,
    [id],
  );
  if (!row) return null;
  const {
    hash,
    part,
    per,
    stepMinutes,
    minimumMinutes,
    dayMaxMinor,
    graceMinutes,
    minutes,
    overMinutes,
    ...fields
  } = row;
  const max = dayMaxMinor === null ? null : BigInt(dayMaxMinor);
  const tariff = { per, stepMinutes, minimumMinutes, dayMaxMinor: max, graceMinutes };
  const record = {
    ...fields,
    sealedAt: instantFromDate(fields.sealedAt),
    day: Temporal.PlainDate.from(fields.day),
    rateMinor: BigInt(fields.rateMinor),
    amountMinor: BigInt(fields.amountMinor),
    ...(minutes !== null && { stay: { ...tariff, part, minutes, overMinutes } }),
  };
  return { record, hash };
}
