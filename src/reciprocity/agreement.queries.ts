import type { Unit } from '../kernel/money.js';
import { instantFromDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { AgreementVersionView, Clauses } from './agreement.schema.js';
import { rateViews } from './rate.views.js';
import { TARIFF_COLUMNS, tariffFromRow, type TariffRow } from './tariff.rows.js';
import type { ResourceKind, Mode } from '../kernel/words.js';

export type Agreement = {
  readonly id: string;
  readonly name: string;
  readonly homeNetworkId: string;
  readonly hostNetworkId: string;
  readonly clearingNetworkId: string;
  readonly homeSpaceId: string | null;
  readonly hostSpaceId: string | null;
  readonly fromDay: string | null;
  readonly untilDay: string | null;
  readonly requestHash: string;
};

const AGREEMENT_COLUMNS = `id, name, home_network_id AS "homeNetworkId", host_network_id AS "hostNetworkId",
  clearing_network_id AS "clearingNetworkId", home_space_id AS "homeSpaceId", host_space_id AS "hostSpaceId",
  from_day::text AS "fromDay", until_day::text AS "untilDay", request_hash AS "requestHash"`;

export async function findAgreement(on: Reader, id: string): Promise<Agreement | null> {
  const query = `SELECT ${AGREEMENT_COLUMNS} FROM reciprocity.agreements WHERE id = $1`;
  const [agreement] = await sql<Agreement>(on, query, [id]);
  return agreement ?? null;
}

export function findAgreements(on: Reader): Promise<Agreement[]> {
  return sql<Agreement>(on, `SELECT ${AGREEMENT_COLUMNS} FROM reciprocity.agreements ORDER BY id`);
}

export type Version = {
  readonly id: string;
  readonly agreementId: string;
  readonly homeNetworkId: string;
  readonly hostNetworkId: string;
  readonly number: number;
  readonly mode: Mode;
  readonly validFrom: string;
  readonly freeHalfDays: number;
  readonly capHalfDaysPerPersonYear: number | null;
  readonly clauses: Clauses;
  readonly requestHash: string;
};

const VERSION_COLUMNS = `id, agreement_id AS "agreementId", home_network_id AS "homeNetworkId",
  host_network_id AS "hostNetworkId", number, mode, valid_from::text AS "validFrom",
  free_half_days AS "freeHalfDays", cap_half_days_per_person_year AS "capHalfDaysPerPersonYear",
  request_hash AS "requestHash", json_build_object(
    'capHalfDaysPerPairYear', cap_half_days_per_pair_year, 'seasonCaps', season_caps,
    'balanceBandHalfDays', balance_band_half_days, 'solidarityBps', solidarity_bps,
    'networkFeeBps', network_fee_bps, 'reviewDays', review_days, 'disputeDays', dispute_days,
    'replyDays', reply_days, 'rounding', rounding, 'handHalfDaysPerMonth', hand_half_days_per_month) AS clauses`;

export async function findVersion(on: Reader, id: string): Promise<Version | null> {
  const query = `SELECT ${VERSION_COLUMNS} FROM reciprocity.agreement_versions WHERE id = $1`;
  const [version] = await sql<Version>(on, query, [id]);
  return version ?? null;
}

export function findVersions(on: Reader, agreementId: string): Promise<Version[]> {
  const query = `SELECT ${VERSION_COLUMNS} FROM reciprocity.agreement_versions
    WHERE agreement_id = $1 ORDER BY number`;
  return sql<Version>(on, query, [agreementId]);
}

/** This version, when it follows one that binds already. */
export async function findChanged(on: Reader, id: string): Promise<{ validFrom: string } | undefined> {
  const [changed] = await sql<{ validFrom: string }>(
    on,
    `SELECT version.valid_from::text AS "validFrom" FROM reciprocity.agreement_versions version
     WHERE version.id = $1 AND EXISTS (
       SELECT FROM reciprocity.agreement_versions earlier
       WHERE earlier.agreement_id = version.agreement_id AND earlier.number < version.number
         AND (SELECT count(*) FROM reciprocity.signatures WHERE version_id = earlier.id)
           = CASE WHEN earlier.home_network_id = earlier.host_network_id THEN 1 ELSE 2 END)`,
    [id],
  );
  return changed;
}

type RateRow = TariffRow & {
  hostSpaceId: string;
  resourceKind: ResourceKind;
  unit: Unit;
  freeHalfDays: number | null;
};
type SignatureRow = { networkId: string; signedBy: string; signedAt: Parameters<typeof instantFromDate>[0] };

/** With its rates and signatures, as it is shown. */
export async function viewVersion(on: Reader, version: Version): Promise<AgreementVersionView> {
  const rates = await sql<RateRow>(
    on,
    `SELECT host_space_id AS "hostSpaceId", resource_kind AS "resourceKind", unit, free_half_days AS "freeHalfDays",
            ${TARIFF_COLUMNS}
     FROM reciprocity.rates rate WHERE version_id = $1 ORDER BY host_space_id, resource_kind`,
    [version.id],
  );
  const signatures = await sql<SignatureRow>(
    on,
    `SELECT network_id AS "networkId", signed_by AS "signedBy", created_at AS "signedAt" FROM reciprocity.signatures
     WHERE version_id = $1 ORDER BY created_at, network_id`,
    [version.id],
  );
  const { requestHash: _hash, homeNetworkId, hostNetworkId, ...facts } = version;
  return {
    ...facts,
    rates: rates.map(({ hostSpaceId, resourceKind, unit, freeHalfDays, ...rate }) => ({
      hostSpaceId,
      resourceKind,
      ...rateViews({ unit, tariff: tariffFromRow(rate) }),
      freeHalfDays: freeHalfDays ?? version.freeHalfDays,
    })),
    signatures: signatures.map(({ networkId, signedBy, signedAt }) => ({
      networkId,
      signedBy,
      signedAt: instantFromDate(signedAt).toString(),
    })),
    isBinding: [homeNetworkId, hostNetworkId].every((side) =>
      signatures.some((signature) => signature.networkId === side),
    ),
  };
}
