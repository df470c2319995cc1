import { instantFromDate, type Instant } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type {
  AppealView,
  MemberListItem,
  MemberState,
  MemberView,
  StepView,
  TopicAnswer,
} from './member.schema.js';
import { MOMENT } from './version.queries.js';

const at = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', ${MOMENT})`;

export type Member = MemberListItem & {
  readonly state: MemberState;
  readonly supportedBy: string | null;
  readonly provisionalAt: Instant | null;
  readonly confirmedAt: Instant | null;
  readonly country: string;
};
type MemberRow = Omit<Member, 'provisionalAt' | 'confirmedAt'> & {
  provisionalAt: Date | null;
  confirmedAt: Date | null;
};

const SELECT = `
  SELECT member.id, member.kind, member.network_id AS "networkId",
    json_build_object('id', organisation.id, 'name', organisation.name) AS organisation,
    CASE WHEN space.id IS NOT NULL THEN json_build_object('id', space.id, 'name', space.name, 'city', space.city,
      'country', space.country) END AS space,
    member.state, ${at('member.since')} AS since, member.deadline::text AS deadline,
    member.supported_by AS "supportedBy", member.provisional_at AS "provisionalAt",
    member.confirmed_at AS "confirmedAt", coalesce(space.country, organisation.country) AS country
  FROM charter.members member
  JOIN identity.pub_organisations organisation ON organisation.id = member.organisation_id
  LEFT JOIN directory.pub_spaces space ON space.id = member.space_id`;

function fromRow({ provisionalAt, confirmedAt, ...row }: MemberRow): Member {
  const moment = (date: Date | null) => (date ? instantFromDate(date) : null);
  return { ...row, provisionalAt: moment(provisionalAt), confirmedAt: moment(confirmedAt) };
}

export async function findMember(on: Reader, id: string): Promise<Member | null> {
  const [row] = await sql<MemberRow>(on, `${SELECT} WHERE member.id = $1`, [id]);
  return row ? fromRow(row) : null;
}

type Wanted = {
  readonly networkIds?: readonly string[] | undefined;
  readonly spaceId?: string | undefined;
  readonly organisationId?: string | undefined;
  readonly states?: readonly MemberState[] | undefined;
};

export async function findMembers(on: Reader, wanted: Wanted): Promise<Member[]> {
  const { networkIds = null, spaceId = null, organisationId = null, states = null } = wanted;
  const rows = await sql<MemberRow>(
    on,
    `${SELECT} WHERE ($1::uuid[] IS NULL OR member.network_id = ANY ($1))
       AND ($2::uuid IS NULL OR member.space_id = $2)
       AND ($3::uuid IS NULL OR member.organisation_id = $3)
       AND ($4::text[] IS NULL OR member.state = ANY ($4))
     ORDER BY coalesce(space.name, organisation.name), member.id LIMIT 500`,
    [networkIds, spaceId, organisationId, states],
  );
  return rows.map(fromRow);
}

export type Assessment = { readonly id: string; readonly at: string; readonly answers: TopicAnswer[] };

export async function lastAssessment(on: Reader, memberId: string): Promise<Assessment | null> {
  const [row] = await sql<Assessment>(
    on,
    `SELECT id, ${at('created_at')} AS at, answers FROM charter.assessments WHERE member_id = $1
     ORDER BY created_at DESC, id DESC LIMIT 1`,
    [memberId],
  );
  return row ?? null;
}

export type Review = MemberView['reviews'][number] & { readonly operatorId: string };

export function reviewsOf(on: Reader, assessmentId: string): Promise<Review[]> {
  return sql<Review>(
    on,
    `SELECT review.id, json_build_object('id', space.id, 'name', space.name) AS reviewer,
       review.reviewer_country AS country, review.verdict, review.reasons, ${at('review.created_at')} AS at,
       space.operator_id AS "operatorId"
     FROM charter.peer_reviews review JOIN directory.pub_spaces space ON space.id = review.reviewer_space_id
     WHERE review.assessment_id = $1 ORDER BY review.created_at, review.id`,
    [assessmentId],
  );
}

/** The members whose last assessment this space has looked at. */
export async function lookedAtBy(on: Reader, spaceId: string): Promise<ReadonlySet<string>> {
  const rows = await sql<{ memberId: string }>(
    on,
    `SELECT assessment.member_id AS "memberId"
     FROM charter.peer_reviews review JOIN charter.assessments assessment ON assessment.id = review.assessment_id
     WHERE review.reviewer_space_id = $1 AND NOT EXISTS (SELECT FROM charter.assessments later
       WHERE later.member_id = assessment.member_id
         AND (later.created_at, later.id) > (assessment.created_at, assessment.id))`,
    [spaceId],
  );
  return new Set(rows.map(({ memberId }) => memberId));
}

export function signaturesOf(on: Reader, memberId: string): Promise<MemberView['signatures']> {
  return sql(
    on,
    `SELECT signature.id, signature.version_id AS "versionId", version.number, signature.hash, signature.language,
       signature.method, signature.signer_name AS "signerName", signature.signer_role AS "signerRole",
       ${at('signature.created_at')} AS at
     FROM charter.signatures signature JOIN charter.versions version ON version.id = signature.version_id
     WHERE signature.member_id = $1 ORDER BY signature.created_at DESC`,
    [memberId],
  );
}

type StoredStep = StepView & { readonly hash: string; readonly memberId: string };

const STEP = `
  SELECT id, command, from_state AS "from", to_state AS "to", ground, reasons, until_day::text AS "untilDay",
    taken_by AS by, ${at('created_at')} AS at FROM charter.steps`;

export function stepsOf(on: Reader, memberId: string): Promise<StepView[]> {
  return sql(on, `${STEP} WHERE member_id = $1 ORDER BY created_at DESC, id DESC LIMIT 200`, [memberId]);
}

export async function findStep(on: Reader, id: string): Promise<StoredStep | null> {
  const query = `${STEP.replace('FROM', ', request_hash AS hash, member_id AS "memberId" FROM')} WHERE id = $1`;
  const [step] = await sql<StoredStep>(on, query, [id]);
  return step ?? null;
}

export type Appeal = AppealView & {
  readonly hash: string;
  readonly stepBy: string;
  readonly networkId: string;
};

const APPEAL = `
  SELECT appeal.id, appeal.member_id AS "memberId", appeal.step_id AS "stepId", appeal.text,
    ${at('appeal.created_at')} AS at, appeal.outcome, appeal.statement, ${at('appeal.decided_at')} AS "decidedAt",
    appeal.request_hash AS hash, step.taken_by AS "stepBy", appeal.network_id AS "networkId"
  FROM charter.appeals appeal JOIN charter.steps step ON step.id = appeal.step_id`;

export function appealsOf(on: Reader, memberId: string): Promise<Appeal[]> {
  return sql(on, `${APPEAL} WHERE appeal.member_id = $1 ORDER BY appeal.created_at DESC`, [memberId]);
}

export async function findAppeal(on: Reader, id: string): Promise<Appeal | null> {
  const [appeal] = await sql<Appeal>(on, `${APPEAL} WHERE appeal.id = $1`, [id]);
  return appeal ?? null;
}

/** Since when the space is open, by its own word. */
export async function openSinceOf(on: Reader, memberId: string): Promise<string | null> {
  const query = `SELECT body ->> 'openSince' AS day FROM charter.applications WHERE member_id = $1`;
  const [row] = await sql<{ day: string }>(on, query, [memberId]);
  return row?.day ?? null;
}
