import { Injectable } from '@nestjs/common';
import { Directory, partyAt, speaksFor } from '../directory/index.js';
import { demand, may, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import type { CreditRecordView, ExposurePage, PutCreditRecord, TradeBalanceView } from './credit.schema.js';
import { CreditProblems } from './window.problems.js';
import { atNetwork } from './windows.service.js';

const CLEARING = namedScope('clearing');
type Line = {
  readonly networkId: string;
  readonly debtorPartyId: string;
  readonly creditorPartyId: string;
  readonly unit: string;
  readonly left: string;
};

/** Corrections of what is settled: written beside it, never over it. And what members owe while nothing is paid yet. */
@Injectable()
export class Credits {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  async put(actor: Actor, id: string, body: PutCreditRecord): Promise<CreditRecordView> {
    return this.db.tx(CLEARING, async (tx) => {
      const stored = await storedCredit(tx, id);
      const hash = requestHash(body);
      if (stored && stored.hash !== hash)
        throw RequestProblems.idReused('This id stands for another credit: make a new one.');
      const line = await lockLine(tx, body.recordId);
      const host = line && (await this.directory.party(tx, line.creditorPartyId));
      if (!line || !host || !speaksFor(actor, await partyAt(tx, this.directory, host)))
        throw CreditProblems.recordNotSettled('Check the id; none of your hosts has a line for this record.');
      if (!stored) await this.credit(tx, line, { id, ...body, hash, actor: actor.name });
      return creditView(tx, id);
    });
  }

  /** For disputes too: the amount the host may not keep, at most what is left of the line. */
  async credit(
    tx: Tx,
    line: Line,
    credit: {
      readonly id: string;
      readonly recordId: string;
      readonly amountMinor: number | bigint;
      readonly reason: string;
      readonly hash: string;
      readonly actor: string;
    },
  ): Promise<void> {
    if (BigInt(credit.amountMinor) > BigInt(line.left))
      throw CreditProblems.tooMuch(`At most ${line.left} is left of this line.`, {
        leftMinor: Number(line.left),
      });
    const now = this.clock.now();
    await sql(
      tx,
      `INSERT INTO settlement.charges (id, network_id, kind, debtor_party_id, creditor_party_id, unit, amount_minor, day,
         record_id, note, charged_by, request_hash, created_at)
       VALUES ($1, $2, 'CREDIT', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        credit.id,
        line.networkId,
        line.creditorPartyId,
        line.debtorPartyId,
        line.unit,
        credit.amountMinor,
        now.toZonedDateTimeISO('UTC').toPlainDate().toString(),
        credit.recordId,
        credit.reason,
        credit.actor,
        credit.hash,
        now.toString(),
      ],
    );
  }

  exposures(actor: Actor, networkId: string): Promise<ExposurePage> {
    demand(actor, 'windows:read', atNetwork(networkId));
    const today = this.clock.now().toZonedDateTimeISO('UTC').toPlainDate().toString();
    return this.db.read(CLEARING, async (on) => ({
      items: await exposuresOf(on, networkId, today),
      next: null,
    }));
  }

  /** Seen by the people of both sides. */
  balance(actor: Actor, agreementId: string, year: number): Promise<TradeBalanceView> {
    return this.db.read(CLEARING, async (on) => {
      const [agreement] = await sql<{ home: string; host: string; band: number | null }>(
        on,
        `SELECT home_network_id AS home, host_network_id AS host, balance_band_half_days AS band
         FROM reciprocity.pub_clauses WHERE agreement_id = $1 ORDER BY valid_from DESC LIMIT 1`,
        [agreementId],
      );
      const sides = agreement ? [agreement.home, agreement.host] : [];
      if (!agreement || !sides.some((networkId) => may(actor, 'agreements:read', { networkId })))
        throw CreditProblems.noTrade('Check the id; your networks have no such agreement.');
      const pairs = await sql<TradeBalanceView['pairs'][number]>(on, BALANCE, [
        agreementId,
        year,
        agreement.band,
      ]);
      return { agreementId, year, bandHalfDays: agreement.band, pairs };
    });
  }
}

export function exposuresOf(on: Reader, networkId: string, today: string): Promise<ExposurePage['items']> {
  return sql(on, EXPOSURES, [networkId, today]);
}

/** What is left of a line after its credits. One credit after the other: the lock ends with the transaction. */
export async function lockLine(tx: Tx, recordId: string): Promise<Line | undefined> {
  await sql(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`credit ${recordId}`]);
  const [line] = await sql<Line>(
    tx,
    `SELECT network_id AS "networkId", debtor_party_id AS "debtorPartyId", creditor_party_id AS "creditorPartyId", unit,
       (amount_minor - (SELECT coalesce(sum(amount_minor), 0) FROM settlement.charges credit
                        WHERE credit.record_id = $1 AND kind = 'CREDIT'))::text AS left
     FROM settlement.lines WHERE record_id = $1`,
    [recordId],
  );
  return line;
}

async function storedCredit(on: Reader, id: string): Promise<{ hash: string } | undefined> {
  const [stored] = await sql<{ hash: string }>(
    on,
    `SELECT request_hash AS hash FROM settlement.charges WHERE id = $1`,
    [id],
  );
  return stored;
}

async function creditView(on: Reader, id: string): Promise<CreditRecordView> {
  const [view] = await sql<CreditRecordView>(
    on,
    `SELECT charge.id, record_id AS "recordId", day::text AS day, note AS reason, line.window_id AS "windowId",
       json_build_object('id', host.id, 'name', host.name) AS "from",
       json_build_object('id', debtor.id, 'name', debtor.name) AS "to",
       json_build_object('unit', charge.unit, 'minor', amount_minor) AS amount
     FROM settlement.charges charge
     JOIN directory.pub_parties host ON host.id = debtor_party_id
     JOIN directory.pub_parties debtor ON debtor.id = creditor_party_id
     LEFT JOIN settlement.charge_lines line ON line.charge_id = charge.id
     WHERE charge.id = $1`,
    [id],
  );
  return view!;
}

const EXPOSURES = `
  WITH owed AS (
    SELECT debtor_party_id, creditor_party_id, unit, amount_minor FROM checkin.pub_visit_records record
    WHERE clearing_network_id = $1 AND settles AND unit <> 'HALF_DAY'
      AND NOT EXISTS (SELECT FROM settlement.lines WHERE record_id = record.id)
      AND NOT EXISTS (SELECT FROM review.pub_bounces bounce WHERE bounce.record_id = record.id)
      AND NOT EXISTS (SELECT FROM review.pub_decisions review
                      WHERE review.record_id = record.id AND decision = 'DECLINED')
    UNION ALL
    SELECT debtor_party_id, creditor_party_id, unit, amount_minor FROM settlement.window_items item
    JOIN settlement.windows w ON w.id = item.window_id
    WHERE w.network_id = $1 AND w.state IN ('CLOSED', 'ADVISED', 'CALLED') AND unit <> 'HALF_DAY'
    UNION ALL
    SELECT debtor_party_id, creditor_party_id, unit, amount_minor FROM settlement.charges charge
    WHERE network_id = $1 AND NOT EXISTS (SELECT FROM settlement.charge_lines WHERE charge_id = charge.id)),
  nets AS (
    SELECT party_id, unit, sum(minor)::bigint AS minor FROM (
      SELECT debtor_party_id AS party_id, unit, amount_minor AS minor FROM owed
      UNION ALL SELECT creditor_party_id, unit, -amount_minor FROM owed) AS sides
    GROUP BY party_id, unit)
  SELECT json_build_object('id', party.id, 'name', party.name) AS party, nets.unit, nets.minor::float8 AS "owesMinor",
    rules.ceiling_minor::float8 AS "ceilingMinor",
    CASE WHEN rules.ceiling_minor IS NULL THEN 'FREE' WHEN nets.minor > rules.ceiling_minor THEN 'OVER'
         WHEN nets.minor * 5 >= rules.ceiling_minor * 4 THEN 'WARNED' ELSE 'WITHIN' END AS state
  FROM nets JOIN directory.pub_parties party ON party.id = nets.party_id
  LEFT JOIN LATERAL (
    SELECT CASE ceiling_unit WHEN nets.unit THEN ceiling_minor END AS ceiling_minor FROM treasury.pub_party_rules rules
    WHERE rules.party_id = nets.party_id AND rules.network_id = $1 AND from_day <= $2::date
    ORDER BY from_day DESC LIMIT 1) AS rules ON true
  ORDER BY nets.minor DESC, party.id, nets.unit`;

const BALANCE = `
  WITH given AS (
    SELECT debtor_party_id AS guest_id, creditor_party_id AS host_id, sum(half_days)::int AS half_days
    FROM checkin.pub_visit_records record
    JOIN reciprocity.pub_clauses clauses ON clauses.version_id = record.agreement_version_id
    WHERE clauses.agreement_id = $1 AND settles AND extract(year FROM day) = $2
      AND debtor_party_id <> creditor_party_id
    GROUP BY 1, 2),
  pairs AS (
    SELECT least(guest_id, host_id) AS one, greatest(guest_id, host_id) AS other,
      sum(CASE WHEN host_id < guest_id THEN half_days ELSE 0 END)::int AS one_hosted,
      sum(CASE WHEN host_id > guest_id THEN half_days ELSE 0 END)::int AS other_hosted
    FROM given GROUP BY 1, 2)
  SELECT json_build_object('id', one.id, 'name', one.name) AS one,
    json_build_object('id', other.id, 'name', other.name) AS other,
    one_hosted AS "oneHostedHalfDays", other_hosted AS "otherHostedHalfDays",
    $3::int IS NULL OR abs(one_hosted - other_hosted) <= $3::int AS "isWithinBand"
  FROM pairs JOIN directory.pub_parties one ON one.id = pairs.one
  JOIN directory.pub_parties other ON other.id = pairs.other
  ORDER BY abs(one_hosted - other_hosted) DESC, pairs.one, pairs.other`;
