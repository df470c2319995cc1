import type { Unit } from '../kernel/money.js';
import { instantFromDate } from '../kernel/time.js';
import { amountToWire } from '../kernel/wire.js';
import { sql, type Reader } from '../platform/db.js';
import type { AgreementVersionView } from './agreement.schema.js';
import type { ResourceKind, Mode } from '../kernel/words.js';

export type Agreement = {
  readonly id: string;
  readonly name: string;
  readonly homeNetworkId: string;
  readonly hostNetworkId: string;
  readonly clearingNetworkId: string;
  readonly requestHash: string;
};

const AGREEMENT_COLUMNS = `id, name, home_network_id AS "homeNetworkId", host_network_id AS "hostNetworkId",
  clearing_network_id AS "clearingNetworkId", request_hash AS "requestHash"`;

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
  readonly requestHash: string;
};

const VERSION_COLUMNS = `id, agreement_id AS "agreementId", home_network_id AS "homeNetworkId",
  host_network_id AS "hostNetworkId", number, mode, valid_from::text AS "validFrom",
  free_half_days AS "freeHalfDays", cap_half_days_per_person_year AS "capHalfDaysPerPersonYear",
  request_hash AS "requestHash"`;

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

type RateRow = {
  hostSpaceId: string;
  resourceKind: ResourceKind;
  unit: Unit;
  minor: string;
  freeHalfDays: number | null;
};
type SignatureRow = { networkId: string; signedAt: Parameters<typeof instantFromDate>[0] };

/** With its rates and signatures, as it is shown. */
export async function viewVersion(on: Reader, version: Version): Promise<AgreementVersionView> {
  const rates = await sql<RateRow>(
    on,
    `SELECT host_space_id AS "hostSpaceId", resource_kind AS "resourceKind", unit, rate_minor AS minor,
            free_half_days AS "freeHalfDays"
     FROM reciprocity.rates WHERE version_id = $1 ORDER BY host_space_id, resource_kind`,
    [version.id],
  );
  const signatures = await sql<SignatureRow>(
    on,
    `SELECT network_id AS "networkId", created_at AS "signedAt" FROM reciprocity.signatures
     WHERE version_id = $1 ORDER BY created_at, network_id`,
    [version.id],
  );
  const { requestHash: _hash, homeNetworkId, hostNetworkId, ...facts } = version;
  return {
    ...facts,
    rates: rates.map(({ hostSpaceId, resourceKind, unit, minor, freeHalfDays }) => ({
      hostSpaceId,
      resourceKind,
      ratePerHalfDay: amountToWire({ unit, minor: BigInt(minor) }),
      freeHalfDays: freeHalfDays ?? version.freeHalfDays,
    })),
    signatures: signatures.map(({ networkId, signedAt }) => ({
      networkId,
      signedAt: instantFromDate(signedAt).toString(),
    })),
    isBinding: [homeNetworkId, hostNetworkId].every((side) =>
      signatures.some((signature) => signature.networkId === side),
    ),
  };
}
