import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { Payments } from '../settlement/index.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { BankBookChanged } from './banking.events.js';
import { expectedOf } from './foreign-matches.js';
import type { BankAccount } from './bank-account.queries.js';
import { BankAccounts } from './bank-accounts.service.js';
import {
  lineById,
  linesOfAccount,
  matchById,
  matchesOfLines,
  openPayments,
  type StoredLine,
  type StoredMatch,
} from './match.queries.js';
import { sortLine, type OpenPayment } from './matching.rules.js';
import { MatchProblems } from './banking.problems.js';
import type { BankLinePage, BankLinesQuery, BankLineView, PutMatch } from './banking.schema.js';

const CLEARING = namedScope('clearing');

type NewMatch = {
  readonly id: string;
  readonly line: StoredLine;
  readonly payment: OpenPayment;
  readonly partyId: string;
  readonly minor: bigint;
  /** What it takes of the line, in the line's currency. */
  readonly lineMinor: bigint;
  readonly reason: string;
  readonly requestHash: string;
};

/**
 * Which bank line is which payment. A line may be split over payments and a payment paid in parts; a payment
 * all of whose amount was found is executed, and its party's side reconciled.
 */
@Injectable()
export class Matches {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly accounts: BankAccounts,
    private readonly payments: Payments,
    private readonly outbox: Outbox,
  ) {}

  /** Whoever keeps books looks at the bank again. */
  async announce(tx: Tx, networkId: string, actor: Actor): Promise<void> {
    await this.outbox.add(tx, BankBookChanged, { networkId }, { actor: actor.name, networkIds: [networkId] });
  }

  lines(actor: Actor, { pile, ...of }: BankLinesQuery): Promise<BankLinePage> {
    return this.db.read(CLEARING, async (on) => {
      const accounts =
        'bankAccountId' in of
          ? [await this.accounts.find(on, actor, of.bankAccountId)]
          : await this.accounts.ofNetwork(on, actor, of.networkId);
      const items: BankLineView[] = [];
      for (const account of accounts) {
        const lines = await linesOfAccount(on, account.id);
        if (lines.length === 0) continue;
        const payments = await openPayments(on, account);
        const matches = await matchesOfLines(
          on,
          lines.map(({ id }) => id),
        );
        items.push(...lines.map((line) => lineView(line, payments, matches)));
      }
      return { items: pile ? items.filter((line) => line.pile === pile) : items, next: null };
    });
  }

  /** By hand: any part of a line to any part of a payment of the account's owner, in the same direction. */
  put(actor: Actor, id: string, body: PutMatch): Promise<BankLineView> {
    const hash = requestHash(body);
    return this.db.tx(CLEARING, async (tx) => {
      const { line, account } = await this.find(tx, actor, body.bankLineId);
      const before = await matchById(tx, id);
      if (before && before.requestHash !== hash)
        throw RequestProblems.idReused('This id stands for another match. Make a new id for each.');
      if (!before) {
        const isForeign = body.lineMinor !== undefined;
        const open = await openPayments(tx, { party: account.party, unit: isForeign ? null : line.unit });
        const payment = open.find((each) => each.id === body.paymentId);
        const direction = line.minor < 0n ? 'OUT' : 'IN';
        if (!payment || payment.direction !== direction || (payment.unit !== line.unit) !== isForeign)
          throw MatchProblems.doesNotFit(
            'Choose an open payment in the same direction and currency, or say how much of the line it takes.',
          );
        const minor = BigInt(body.minor);
        await this.add(tx, actor, {
          id,
          line,
          payment,
          partyId: account.party.id,
          minor,
          lineMinor: BigInt(body.lineMinor ?? body.minor),
          reason: 'BY_HAND',
          requestHash: hash,
        });
        await this.announce(tx, line.networkId, actor);
      }
      return this.view(tx, line.id, account);
    });
  }

  /** The match stays, marked; what it took from the line and the payment is open again. */
  undo(actor: Actor, id: string): Promise<BankLineView> {
    return this.db.tx(CLEARING, async (tx) => {
      const match = await matchById(tx, id);
      if (!match) throw MatchProblems.notFound('Check the id; your spaces and networks have no such match.');
      const { line, account } = await this.find(tx, actor, match.bankLineId);
      const [undone] = await sql(
        tx,
        `UPDATE banking.matches SET undone_at = $2, undone_by = $3 WHERE id = $1 AND undone_at IS NULL RETURNING id`,
        [id, this.clock.now().toString(), actor.name],
      );
      if (undone) {
        await give(tx, lineOpening(line.id), match.lineMinor);
        await give(tx, paymentOpening(match.paymentId, match.partyId), match.minor);
        await this.payments.reopen(tx, match.paymentId, match.partyId);
        await this.announce(tx, line.networkId, actor);
      }
      return this.view(tx, line.id, account);
    });
  }

  /** After an import: what can only be one payment. */
  async matchSure(tx: Tx, actor: Actor, account: BankAccount, lineIds: readonly string[]): Promise<void> {
    for (const lineId of lineIds) {
      const line = (await lineById(tx, lineId))!;
      const payments = await openPayments(tx, account);
      const { pile, candidates } = sortLine(line, payments);
      if (pile !== 'MATCHED') continue;
      const [{ paymentIds, reason }] = candidates as [(typeof candidates)[number]];
      const payment = payments.find(({ id }) => id === paymentIds[0])!;
      const id = derivedId(line.id, payment.id);
      await this.add(tx, actor, {
        id,
        line,
        payment,
        partyId: account.party.id,
        minor: payment.openMinor,
        lineMinor: payment.openMinor,
        reason,
        requestHash: requestHash({ id }),
      });
    }
  }

  private async add(tx: Tx, actor: Actor, match: NewMatch): Promise<void> {
    const { line, payment, partyId, minor } = match;
    const whole = line.minor < 0n ? -line.minor : line.minor;
    await take(
      tx,
      { ...lineOpening(line.id), whole, networkId: line.networkId },
      match.lineMinor,
      this.clock.now().toString(),
    );
    const left = await take(
      tx,
      { ...paymentOpening(payment.id, partyId), whole: payment.openMinor, networkId: line.networkId },
      minor,
      this.clock.now().toString(),
    );
    const units = { minor, unit: payment.unit, lineUnit: line.unit };
    const expected = line.unit === payment.unit ? null : await expectedOf(tx, payment.id, units);
    await sql(
      tx,
      `INSERT INTO banking.matches (id, bank_line_id, payment_id, party_id, network_id, amount_minor, reason,
         matched_by, request_hash, created_at, line_minor, expected_minor, rate_day, rate_source)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        match.id,
        line.id,
        payment.id,
        partyId,
        line.networkId,
        minor,
        match.reason,
        actor.name,
        match.requestHash,
        this.clock.now().toString(),
        expected && match.lineMinor,
        expected?.minor ?? null,
        expected?.rateDay ?? null,
        expected?.source ?? null,
      ],
    );
    if (left > 0n) return;
    await this.payments.reconcile(tx, { paymentId: payment.id, partyId, actor: actor.name });
    await bookBatch(tx, payment.id, actor.name, this.clock.now().toString());
  }

  private async find(tx: Tx, actor: Actor, lineId: string) {
    const line = await lineById(tx, lineId);
    if (!line) throw MatchProblems.lineNotFound('Check the id; your accounts have no such line.');
    return { line, account: await this.accounts.find(tx, actor, line.bankAccountId) };
  }

  private async view(tx: Tx, lineId: string, account: BankAccount): Promise<BankLineView> {
    const line = (await lineById(tx, lineId))!;
    return lineView(line, await openPayments(tx, account), await matchesOfLines(tx, [lineId]));
  }
}

const lineOpening = (lineId: string) => ({ id: `line/${lineId}` });
const paymentOpening = (paymentId: string, partyId: string) => ({ id: `payment/${paymentId}/${partyId}` });

/** Takes from what is open, and gives what is left. The row is made on first use; the check refuses too much. */
async function take(
  tx: Tx,
  opening: { readonly id: string; readonly whole: bigint; readonly networkId: string },
  minor: bigint,
  now: string,
): Promise<bigint> {
  await sql(
    tx,
    `INSERT INTO banking.openings (id, network_id, whole_minor, open_minor, created_at)
     VALUES ($1, $2, $3, $3, $4) ON CONFLICT DO NOTHING`,
    [opening.id, opening.networkId, opening.whole, now],
  );
  try {
    const [left] = await sql<{ open: string }>(
      tx,
      'UPDATE banking.openings SET open_minor = open_minor - $2 WHERE id = $1 RETURNING open_minor::text AS open',
      [opening.id, minor],
    );
    return BigInt(left!.open);
  } catch (error) {
    if (!violates(error, 'opening_is_enough')) throw error;
    throw MatchProblems.tooMuch('Match at most what is open of the line and of the payment.');
  }
}

async function give(tx: Tx, { id }: { readonly id: string }, minor: string): Promise<void> {
  await sql(tx, 'UPDATE banking.openings SET open_minor = open_minor + $2 WHERE id = $1', [id, minor]);
}

/** A batch is BOOKED when the payer's bank has told of all its payments. */
async function bookBatch(tx: Tx, paymentId: string, by: string, now: string): Promise<void> {
  await sql(
    tx,
    `UPDATE banking.payment_batches AS batch SET state = 'BOOKED', state_by = $2, state_at = $3
     WHERE state = 'SENT' AND id IN (SELECT batch_id FROM banking.batch_payments WHERE payment_id = $1)
       AND NOT EXISTS (
         SELECT FROM banking.batch_payments taken
         LEFT JOIN banking.openings opening
           ON opening.id = 'payment/' || taken.payment_id || '/' || batch.payer_party_id
         WHERE taken.batch_id = batch.id AND opening.open_minor IS DISTINCT FROM 0)`,
    [paymentId, by, now],
  );
}

function lineView(
  line: StoredLine,
  payments: readonly OpenPayment[],
  matches: readonly StoredMatch[],
): BankLineView {
  const { id, unit, minor, openMinor, networkId: _networkId, ...told } = line;
  const own = matches.filter(({ bankLineId }) => bankLineId === id);
  const open = minor < 0n ? -openMinor : openMinor;
  const sorted = openMinor === 0n ? null : sortLine({ ...line, minor: open }, payments);
  return {
    id,
    ...told,
    amount: { unit, minor: Number(minor) },
    openMinor: Number(openMinor),
    pile: sorted?.pile === 'MATCHED' ? 'SUGGESTED' : (sorted?.pile ?? 'MATCHED'), // sure, and yet somebody has undone it
    candidates: (sorted?.candidates ?? []).map(({ paymentIds, reason }) => ({
      paymentIds: [...paymentIds],
      reason,
    })),
    matches: own.map((match) => ({
      id: match.id,
      paymentId: match.paymentId,
      minor: Number(match.minor),
      reason: match.reason,
      matchedBy: match.matchedBy,
    })),
  };
}
