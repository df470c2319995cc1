import type { Unit } from '../kernel/money.js';
import { Temporal } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import { TARIFF_COLUMNS, tariffFromRow, type TariffRow } from './tariff.rows.js';
import type { Offer } from './terms.rules.js';
import type { ResourceKind, Mode } from '../kernel/words.js';

type OfferRow = TariffRow & {
  agreement_id: string;
  version_id: string;
  clearing_network_id: string;
  home_network_id: string;
  host_network_id: string;
  home_space_id: string | null;
  number: number;
  mode: Mode;
  valid_from: string;
  cap_half_days_per_person_year: number | null;
  unit: Unit;
  free_half_days: number;
  signed_by: string[];
};

type OfferQuery = {
  readonly networks: readonly string[];
  readonly hostSpaceId: string;
  readonly resourceKind: ResourceKind;
  /** Of the guest, for agreements between two spaces. */
  readonly homeSpaceId?: string | null;
  readonly day: string;
};

/** Everything any agreement between these networks offers at one host; `pickTerms` chooses. */
export async function offersAt(on: Reader, query: OfferQuery): Promise<Offer[]> {
  const rows = await sql<OfferRow>(
    on,
    `SELECT agreement.id AS agreement_id, agreement.clearing_network_id, version.id AS version_id,
            version.home_network_id, version.host_network_id, agreement.home_space_id, version.number, version.mode, version.valid_from::text,
            version.cap_half_days_per_person_year, rate.unit, ${TARIFF_COLUMNS},
            coalesce(rate.free_half_days, version.free_half_days) AS free_half_days,
            ARRAY(SELECT network_id::text FROM reciprocity.signatures WHERE version_id = version.id) AS signed_by
     FROM reciprocity.rates rate
     JOIN reciprocity.agreement_versions version ON version.id = rate.version_id
     JOIN reciprocity.agreements agreement ON agreement.id = version.agreement_id
     WHERE rate.host_space_id = $1 AND rate.resource_kind = $2
       AND version.home_network_id = ANY ($3::uuid[]) AND version.host_network_id = ANY ($3::uuid[])
       AND $5::date <@ daterange(agreement.from_day, agreement.until_day, '[]')
       AND (agreement.home_space_id IS NULL
         OR (agreement.home_space_id, agreement.host_space_id) IN (($4::uuid, $1::uuid), ($1::uuid, $4::uuid)))`,
    [query.hostSpaceId, query.resourceKind, query.networks, query.homeSpaceId ?? null, query.day],
  );
  return rows.map((row) => offerOf(row, query.resourceKind));
}

function offerOf(row: OfferRow, resourceKind: ResourceKind): Offer {
  return {
    terms: {
      agreementId: row.agreement_id,
      versionId: row.version_id,
      clearingNetworkId: row.clearing_network_id,
      mode: row.mode,
      resourceKind,
      unit: row.unit,
      tariff: tariffFromRow(row),
      freeHalfDays: row.free_half_days,
      capHalfDaysPerPersonYear: row.cap_half_days_per_person_year,
    },
    sides: [row.home_network_id, row.host_network_id],
    betweenSpaces: row.home_space_id !== null,
    signedBy: row.signed_by,
    validFrom: Temporal.PlainDate.from(row.valid_from),
    number: row.number,
  };
}
