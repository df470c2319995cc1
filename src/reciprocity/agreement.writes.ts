import { Temporal, type PlainDate } from '../kernel/time.js';
import { sql, type Tx } from '../platform/db.js';
import type { Agreement } from './agreement.queries.js';
import { invariant } from '../kernel/problem.js';
import { tariffOf, type PutAgreement, type PutAgreementVersion } from './agreement.schema.js';

/** Who changes terms, or ends them, lets the other side know so long before. */
export const NOTICE_DAYS = 15;

export function isNoticeTooShort(today: PlainDate, from: PlainDate): boolean {
  return Temporal.PlainDate.compare(from, today.add({ days: NOTICE_DAYS })) < 0;
}

export async function insertAgreement(
  tx: Tx,
  agreement: PutAgreement & { readonly id: string; readonly requestHash: string },
  now: string,
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO reciprocity.agreements (id, name, home_network_id, host_network_id, clearing_network_id,
       home_space_id, host_space_id, from_day, request_hash, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (id) DO NOTHING`,
    [
      agreement.id,
      agreement.name,
      agreement.homeNetworkId,
      agreement.hostNetworkId,
      agreement.clearingNetworkId,
      agreement.homeSpaceId,
      agreement.hostSpaceId,
      agreement.fromDay?.toString() ?? null,
      agreement.requestHash,
      now,
    ],
  );
}

export async function insertVersion(
  tx: Tx,
  { homeNetworkId, hostNetworkId }: Agreement,
  version: PutAgreementVersion & { readonly id: string; readonly requestHash: string },
  now: string,
): Promise<void> {
  const { clauses } = version;
  await sql(
    tx,
    `INSERT INTO reciprocity.agreement_versions (id, agreement_id, home_network_id, host_network_id, number,
       mode, valid_from, free_half_days, cap_half_days_per_person_year, cap_half_days_per_pair_year, season_caps,
       balance_band_half_days, solidarity_bps, network_fee_bps, review_days, dispute_days, reply_days, rounding,
       hand_half_days_per_month, request_hash, created_at)
     SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, count(*) + 1, $5, $6::date, $7::int, $8::int, $9::int, $10::jsonb,
            $11::int, $12::int, $13::int, $14::int, $15::int, $16::int, $17, $18::int, $19, $20::timestamptz
     FROM reciprocity.agreement_versions WHERE agreement_id = $2::uuid`,
    [
      version.id,
      version.agreementId,
      homeNetworkId,
      hostNetworkId,
      version.mode,
      version.validFrom.toString(),
      version.freeHalfDays,
      version.capHalfDaysPerPersonYear,
      clauses.capHalfDaysPerPairYear,
      JSON.stringify(clauses.seasonCaps),
      clauses.balanceBandHalfDays,
      clauses.solidarityBps,
      clauses.networkFeeBps,
      clauses.reviewDays,
      clauses.disputeDays,
      clauses.replyDays,
      clauses.rounding,
      clauses.handHalfDaysPerMonth,
      version.requestHash,
      now,
    ],
  );
  await insertRates(tx, { homeNetworkId, hostNetworkId }, version, now);
}

async function insertRates(
  tx: Tx,
  { homeNetworkId, hostNetworkId }: Pick<Agreement, 'homeNetworkId' | 'hostNetworkId'>,
  version: PutAgreementVersion & { readonly id: string },
  now: string,
): Promise<void> {
  const rates = version.rates.map(({ hostSpaceId, resourceKind, freeHalfDays, ...rate }) => {
    const asked = tariffOf(rate);
    invariant(asked !== null, 'a rate has one tariff');
    const { unit, tariff } = asked;
    return {
      host_space_id: hostSpaceId,
      resource_kind: resourceKind,
      unit,
      per: tariff.per,
      rate_minor: tariff.rateMinor.toString(),
      step_minutes: tariff.stepMinutes,
      minimum_minutes: tariff.minimumMinutes,
      day_max_minor: tariff.dayMaxMinor?.toString() ?? null,
      grace_minutes: tariff.graceMinutes,
      free_half_days: freeHalfDays,
    };
  });
  await sql(
    tx,
    `INSERT INTO reciprocity.rates (version_id, home_network_id, host_network_id, host_space_id,
       resource_kind, unit, per, rate_minor, step_minutes, minimum_minutes, day_max_minor, grace_minutes,
       free_half_days, created_at)
     SELECT $1::uuid, $2::uuid, $3::uuid, host_space_id, resource_kind, unit, per, rate_minor, step_minutes,
            minimum_minutes, day_max_minor, grace_minutes, free_half_days, $5::timestamptz
     FROM jsonb_to_recordset($4::jsonb) AS rate(host_space_id uuid, resource_kind text, unit text, per text,
       rate_minor bigint, step_minutes int, minimum_minutes int, day_max_minor bigint, grace_minutes int,
       free_half_days int)`,
    [version.id, homeNetworkId, hostNetworkId, JSON.stringify(rates), now],
  );
}

/** False when this side has signed already. */
export async function insertSignature(
  tx: Tx,
  { homeNetworkId, hostNetworkId }: Pick<Agreement, 'homeNetworkId' | 'hostNetworkId'>,
  signature: {
    readonly versionId: string;
    readonly networkId: string;
    readonly signedBy: string;
    readonly now: string;
  },
): Promise<boolean> {
  const [added] = await sql(
    tx,
    `INSERT INTO reciprocity.signatures (version_id, network_id, home_network_id, host_network_id, signed_by,
       created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING network_id`,
    [
      signature.versionId,
      signature.networkId,
      homeNetworkId,
      hostNetworkId,
      signature.signedBy,
      signature.now,
    ],
  );
  return added !== undefined;
}
