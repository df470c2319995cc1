import { amount, type Unit } from '../kernel/money.js';
import { instantFromDate, type Instant } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import type { Booking } from './booking.js';
import { offerFrom, storedOffer, type StoredOffer } from './frozen-offer.js';
import { ProposalProblems } from './proposal.problems.js';
import type { Alternative, Proposal, ProposalState } from './proposal.js';

type PgDate = Parameters<typeof instantFromDate>[0];
type Row = Omit<Proposal, 'stateAt' | 'answerBy' | 'createdAt' | 'alternative'> & {
  stateAt: PgDate;
  answerBy: PgDate | null;
  createdAt: PgDate;
  offer: StoredOffer | null;
  metres: number | null;
  costMinor: string | null;
  costUnit: Unit | null;
};

const COLUMNS = `
  id, booking_id AS "bookingId", person_id AS "personId", host_network_id AS "hostNetworkId", cause,
  closure_id AS "closureId", state, state_at AS "stateAt", state_by AS "stateBy", answer_by AS "answerBy", offer,
  metres, cost_minor AS "costMinor", cost_unit AS "costUnit", new_booking_id AS "newBookingId",
  created_at AS "createdAt"`;

function fromRow({ offer, metres, costMinor, costUnit, ...row }: Row): Proposal {
  const alternative =
    offer && costMinor !== null && costUnit !== null
      ? { offer: offerFrom(offer), metres: metres ?? 0, cost: amount(costUnit, BigInt(costMinor)) }
      : null;
  return {
    ...row,
    alternative,
    stateAt: instantFromDate(row.stateAt),
    answerBy: row.answerBy && instantFromDate(row.answerBy),
    createdAt: instantFromDate(row.createdAt),
  };
}

async function select(on: Reader, rest: string, values: unknown[]): Promise<Proposal[]> {
  const rows = await sql<Row>(on, `SELECT ${COLUMNS} FROM bookings.proposals ${rest}`, values);
  return rows.map(fromRow);
}

export async function proposalOf(on: Reader, id: string): Promise<Proposal> {
  const [proposal] = await select(on, 'WHERE id = $1', [id]);
  if (!proposal) throw proposalNotFound(id);
  return proposal;
}

/** Of those nobody else is at work on; null when there is none in that state any more. */
export async function lockProposal(tx: Tx, id: string, state: ProposalState): Promise<Proposal | null> {
  const [proposal] = await select(tx, 'WHERE id = $1 AND state = $2 FOR UPDATE', [id, state]);
  return proposal ?? null;
}

export function proposalNotFound(id: string) {
  return ProposalProblems.notFound(`There is no proposal ${id} of yours or of your space.`);
}

/** Newest first. */
export function proposalsOfBooking(on: Reader, bookingId: string): Promise<Proposal[]> {
  return select(on, 'WHERE booking_id = $1 ORDER BY created_at DESC, id DESC LIMIT 50', [bookingId]);
}

export function proposalsOfClosure(on: Reader, closureId: string, after: string | null): Promise<Proposal[]> {
  const rest = 'WHERE closure_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT 100';
  return select(on, rest, [closureId, after]);
}

export function openProposalsOfPerson(on: Reader, personId: string): Promise<Proposal[]> {
  return select(on, `WHERE person_id = $1 AND state = 'OPEN' ORDER BY answer_by, id LIMIT 100`, [personId]);
}

type Due = Pick<Booking, 'id' | 'personId' | 'homeNetworkId' | 'hostNetworkId'>;

/** What a sweep has to do, and whose rows it needs in reach for each. */
export function dueProposals(
  on: Reader,
  due: 'sought' | 'lapsed',
  now: Instant,
  limit: number,
): Promise<Due[]> {
  const condition =
    due === 'sought' ? `proposal.state = 'SOUGHT'` : `proposal.state = 'OPEN' AND proposal.answer_by < $1`;
  return sql<Due>(
    on,
    `SELECT proposal.id, proposal.person_id AS "personId",
            booking.home_network_id AS "homeNetworkId", booking.host_network_id AS "hostNetworkId"
       FROM bookings.proposals proposal JOIN bookings.bookings booking ON booking.id = proposal.booking_id
      WHERE ${condition} AND $1::timestamptz IS NOT NULL ORDER BY proposal.created_at, proposal.id LIMIT $2`,
    [now.toString(), limit],
  );
}

type NewProposal = Pick<Proposal, 'id' | 'cause' | 'closureId' | 'stateBy'> & { readonly booking: Booking };

/** Does nothing while the booking has a proposal that is sought for or open. */
export async function insertProposal(tx: Tx, proposal: NewProposal, now: Instant): Promise<void> {
  const { id, booking, cause, closureId, stateBy } = proposal;
  await sql(
    tx,
    `INSERT INTO bookings.proposals (id, booking_id, person_id, host_network_id, cause, closure_id, state, state_at,
       state_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, 'SOUGHT', $7, $8, $7)
     ON CONFLICT DO NOTHING`,
    [id, booking.id, booking.personId, booking.hostNetworkId, cause, closureId, now.toString(), stateBy],
  );
}

export async function openProposal(
  tx: Tx,
  id: string,
  { offer, metres, cost }: Alternative,
  { answerBy, at }: { readonly answerBy: Instant; readonly at: Instant },
): Promise<void> {
  await sql(
    tx,
    `UPDATE bookings.proposals SET state = 'OPEN', state_at = $2, state_by = 'system', answer_by = $3,
            offer = $4::jsonb, alternative_space_id = $5, alternative_pool_id = $6, metres = $7, cost_minor = $8,
            cost_unit = $9
      WHERE id = $1 AND state IN ('SOUGHT', 'OPEN')`,
    [
      id,
      at.toString(),
      answerBy.toString(),
      JSON.stringify(storedOffer(offer)),
      offer.spaceId,
      offer.poolId,
      Math.round(metres),
      cost.minor,
      cost.unit,
    ],
  );
}

type End = {
  readonly state: Exclude<ProposalState, 'SOUGHT' | 'OPEN'>;
  readonly by: string;
  readonly at: Instant;
  readonly newBookingId?: string;
};

export async function endProposal(tx: Tx, id: string, { state, by, at, newBookingId }: End): Promise<void> {
  await sql(
    tx,
    `UPDATE bookings.proposals SET state = $2, state_at = $3, state_by = $4, new_booking_id = $5
      WHERE id = $1 AND state IN ('SOUGHT', 'OPEN')`,
    [id, state, at.toString(), by, newBookingId ?? null],
  );
}

/** What is still sought for or open of a closure that is withdrawn. */
export async function withdrawOfClosure(tx: Tx, closureId: string, by: string, at: Instant): Promise<void> {
  await sql(
    tx,
    `UPDATE bookings.proposals SET state = 'WITHDRAWN', state_at = $2, state_by = $3
      WHERE closure_id = $1 AND state IN ('SOUGHT', 'OPEN')`,
    [closureId, at.toString(), by],
  );
}

/**
 * Can the guest be there: a seat beyond those that other open proposals name, and nothing else of theirs at that
 * time or in that house on that day?
 */
export async function isStillFree(
  on: Reader,
  { id, offer, free }: { id: string; offer: Alternative['offer']; free: number },
  bookingId: string,
): Promise<boolean> {
  const [row] = await sql<{ promised: number; isElsewhere: boolean }>(
    on,
    `SELECT (SELECT count(*)::int FROM bookings.proposals
              WHERE state = 'OPEN' AND id <> $1 AND alternative_pool_id = $2 AND offer ->> 'day' = $3) AS promised,
            EXISTS (SELECT FROM bookings.bookings
              WHERE person_id = $4 AND id <> $5 AND state IN ('PENDING', 'RESERVED', 'FULFILLED')
                AND ((space_id = $6 AND day = $3::date) OR (state <> 'FULFILLED'
                  AND tstzrange(starts_at, ends_at) && tstzrange($7, $8)))) AS "isElsewhere"`,
    [
      id,
      offer.poolId,
      offer.day.toString(),
      offer.personId,
      bookingId,
      offer.spaceId,
      offer.startsAt.toString(),
      offer.endsAt.toString(),
    ],
  );
  return row !== undefined && !row.isElsewhere && row.promised < free;
}

export type Displaced = { readonly bookingId: string; readonly closureId: string | null };

/** Bookings to come whose half-hours the space no longer offers; with the closure that is to blame, if one is. */
export function displacedAt(on: Reader, spaceId: string, now: Instant): Promise<Displaced[]> {
  return sql<Displaced>(
    on,
    `SELECT booking.id AS "bookingId", (
         SELECT id FROM bookings.closures closure
          WHERE closure.space_id = booking.space_id AND withdrawn_at IS NULL AND from_day <= booking.day
            AND (until_day IS NULL OR until_day >= booking.day)
          ORDER BY created_at LIMIT 1) AS "closureId"
       FROM bookings.bookings booking
       JOIN bookings.pool_days made ON (made.pool_id, made.day) = (booking.pool_id, booking.day)
      WHERE booking.space_id = $1 AND booking.state IN ('PENDING', 'RESERVED') AND booking.ends_at > $2
        AND 0 = ANY (made.offered[booking.from_slot + 1 : booking.to_slot])
        AND NOT EXISTS (SELECT FROM bookings.proposals
          WHERE booking_id = booking.id AND proposals.state IN ('SOUGHT', 'OPEN'))
      ORDER BY booking.id`,
    [spaceId, now.toString()],
  );
}

/** The hours are as they were: whoever was about to be sent elsewhere may come. */
export async function withdrawServable(tx: Tx, spaceId: string, at: Instant): Promise<void> {
  await sql(
    tx,
    `UPDATE bookings.proposals proposal SET state = 'WITHDRAWN', state_at = $2, state_by = 'system'
       FROM bookings.bookings booking
       JOIN bookings.pool_days made ON (made.pool_id, made.day) = (booking.pool_id, booking.day)
      WHERE booking.id = proposal.booking_id AND booking.space_id = $1 AND proposal.cause = 'HOURS'
        AND proposal.state IN ('SOUGHT', 'OPEN')
        AND NOT 0 = ANY (made.offered[booking.from_slot + 1 : booking.to_slot])`,
    [spaceId, at.toString()],
  );
}
