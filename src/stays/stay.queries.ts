import { Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import type { Unit } from '../kernel/money.js';
import type { Language } from '../kernel/wire.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import type { Span } from './legal-basis.rules.js';
import type { Act, Direction, GrantScheme, LegalBasis, Status, StayState } from './stay.words.schema.js';

type Org = { readonly id: string; readonly name: string; readonly country: string };
type Dates = { readonly fromDay: string; readonly untilDay: string };
type Place = Org & { readonly city: string };

/** A stay with everything its rules ask about, in one row. */
export type Stay = {
  readonly id: string;
  readonly callId: string;
  readonly networkId: string;
  readonly networkName: string;
  readonly callTitle: string;
  readonly programme: string;
  readonly personId: string;
  readonly participantName: string;
  readonly direction: Direction;
  readonly legalBasis: LegalBasis;
  readonly employer: Org;
  readonly employerNetworkId: string | null;
  readonly status: Status;
  readonly motivation: string;
  readonly questions: string;
  readonly languages: Language[];
  readonly fromDay: string;
  readonly untilDay: string;
  readonly days: number;
  readonly alternatives: Dates[];
  readonly originSpaceId: string;
  readonly travelDays: number;
  readonly isGreen: boolean;
  readonly isEarlyAgreed: boolean;
  readonly earlierDays: number;
  readonly state: StayState;
  readonly employerDueAt: string | null;
  readonly stayPlace: Place | null;
  readonly hostOperatorId: string | null;
  readonly legalHost: Org | null;
  readonly tutorName: string | null;
  readonly matchExpiresAt: string | null;
  readonly personAcceptedAt: string | null;
  readonly hostAcceptedAt: string | null;
  readonly plannedMinor: number | null;
  readonly finalMinor: number | null;
  readonly unit: Unit;
  readonly interruptedAt: string | null;
  readonly reportsDueOn: string | null;
  readonly grantScheme: GrantScheme;
  readonly grantBody: Org;
  readonly firstInstalmentPct: number;
  readonly requestHash: string;
  readonly attestedDays: number;
};

const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const org = (alias: string) =>
  `json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'country', ${alias}.country)`;

const STAY = `
  SELECT stay.id, call_id AS "callId", stay.network_id AS "networkId", network.name AS "networkName",
    call.title AS "callTitle", call.programme, person_id AS "personId", participant_name AS "participantName",
    stay.direction, legal_basis AS "legalBasis", ${org('employer')} AS employer,
    employer.parent_id AS "employerNetworkId", status, motivation, questions, stay.languages,
    stay.from_day::text AS "fromDay", stay.until_day::text AS "untilDay", days, alternatives,
    origin_space_id AS "originSpaceId", travel_days AS "travelDays", is_green AS "isGreen",
    is_early_agreed AS "isEarlyAgreed", earlier_days AS "earlierDays", state,
    ${instant('employer_due_at')} AS "employerDueAt",
    CASE WHEN place.id IS NULL THEN NULL ELSE json_build_object('id', place.id, 'name', place.name, 'city', place.city,
      'country', place.country) END AS "stayPlace",
    place.operator_id AS "hostOperatorId", CASE WHEN legal.id IS NULL THEN NULL ELSE ${org('legal')} END AS "legalHost",
    tutor_name AS "tutorName", ${instant('match_expires_at')} AS "matchExpiresAt",
    ${instant('person_accepted_at')} AS "personAcceptedAt", ${instant('host_accepted_at')} AS "hostAcceptedAt",
    planned_minor::float8 AS "plannedMinor", final_minor::float8 AS "finalMinor", stay.unit,
    ${instant('interrupted_at')} AS "interruptedAt", reports_due_on::text AS "reportsDueOn",
    call.grant_scheme AS "grantScheme", ${org('grantor')} AS "grantBody",
    call.first_instalment_pct AS "firstInstalmentPct", stay.request_hash AS "requestHash",
    (SELECT count(*)::int FROM stays.attested_days WHERE stay_id = stay.id) AS "attestedDays"
  FROM stays.stays stay
  JOIN stays.calls call ON call.id = stay.call_id
  JOIN identity.pub_networks network ON network.id = stay.network_id
  JOIN identity.pub_organisations employer ON employer.id = stay.employer_id
  JOIN identity.pub_organisations grantor ON grantor.id = call.grant_body_id
  LEFT JOIN identity.pub_organisations legal ON legal.id = stay.legal_host_id
  LEFT JOIN directory.pub_spaces place ON place.id = stay.stay_place_id`;

export async function stayById(on: Reader, id: string): Promise<Stay | null> {
  const [row] = await sql<Stay>(on, `${STAY} WHERE stay.id = $1`, [id]);
  return row ?? null;
}

/** Locked, so that of two steps at once the second sees where the first has led. */
export async function lockStay(tx: Tx, id: string): Promise<void> {
  await sql(tx, 'SELECT 1 FROM stays.stays WHERE id = $1 FOR UPDATE', [id]);
}

const ROWS_MAX = 500;

export type Whose = {
  readonly personId: string | null;
  readonly organisationIds: readonly string[];
  readonly networkIds: readonly string[];
};

/** Those that somebody has a part in; drafts are their author's alone. */
export function staysOf(on: Reader, whose: Whose): Promise<Stay[]> {
  return sql<Stay>(
    on,
    `${STAY} WHERE stay.person_id = $1 OR (stay.state <> 'DRAFT' AND (stay.employer_id = ANY ($2::uuid[])
       OR stay.legal_host_id = ANY ($2::uuid[]) OR call.grant_body_id = ANY ($2::uuid[])
       OR stay.network_id = ANY ($3::uuid[]) OR place.operator_id = ANY ($2::uuid[])))
     ORDER BY stay.id DESC LIMIT ${ROWS_MAX}`,
    [whose.personId, whose.organisationIds, whose.networkIds],
  );
}

/** A person's other stays on a basis: what was attested once it is over, what was asked before. */
export async function othersOnBasis(
  on: Reader,
  stay: { readonly id: string; readonly personId: string; readonly legalBasis: LegalBasis },
): Promise<Span[]> {
  const rows = await sql<Dates & { days: number }>(
    on,
    `SELECT from_day::text AS "fromDay", until_day::text AS "untilDay",
       CASE WHEN state IN ('REPORTS_ACCEPTED', 'BALANCE_DUE', 'CLOSED')
         THEN (SELECT count(*)::int FROM stays.attested_days WHERE stay_id = other.id) ELSE days END AS days
     FROM stays.stays other
     WHERE person_id = $2 AND id <> $1 AND legal_basis = $3
       AND state NOT IN ('DRAFT', 'DEFERRED', 'REFUSED', 'CANCELED')`,
    [stay.id, stay.personId, stay.legalBasis],
  );
  return rows.map(({ fromDay, untilDay, days }) => ({ ...spanOf({ fromDay, untilDay }), days }));
}

export function spanOf({ fromDay, untilDay }: Dates): { from: PlainDate; until: PlainDate } {
  return { from: Temporal.PlainDate.from(fromDay), until: Temporal.PlainDate.from(untilDay) };
}

export type NewMove = {
  readonly id: string;
  readonly act: Act | 'EXPIRE' | 'BEGIN' | 'END' | 'FALL_DUE';
  readonly side: string;
  readonly from: StayState;
  readonly to: StayState;
  readonly reason: string;
  readonly movedBy: string;
  readonly requestHash: string;
  readonly now: Instant;
};

export async function insertMove(
  tx: Tx,
  stay: { readonly id: string; readonly networkId: string },
  move: NewMove,
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO stays.moves (id, stay_id, network_id, act, side, from_state, to_state, reason, moved_by, request_hash,
       created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      move.id,
      stay.id,
      stay.networkId,
      move.act,
      move.side,
      move.from,
      move.to,
      move.reason,
      move.movedBy,
      move.requestHash,
      move.now.toString(),
    ],
  );
}

export type Move = Pick<NewMove, 'from' | 'to' | 'reason' | 'movedBy'>;

export async function moveOf(on: Reader, id: string): Promise<Move | null> {
  const [move] = await sql<Move>(
    on,
    `SELECT from_state AS "from", to_state AS "to", reason, moved_by AS "movedBy" FROM stays.moves WHERE id = $1`,
    [id],
  );
  return move ?? null;
}

/** Has the same actor taken the same step before, in the same words? */
export async function isRepeated(
  on: Reader,
  move: {
    readonly stayId: string;
    readonly act: Act;
    readonly requestHash: string;
    readonly movedBy: string;
  },
): Promise<boolean> {
  const rows = await sql(
    on,
    'SELECT 1 FROM stays.moves WHERE stay_id = $1 AND act = $2 AND request_hash = $3 AND moved_by = $4 LIMIT 1',
    [move.stayId, move.act, move.requestHash, move.movedBy],
  );
  return rows.length > 0;
}
