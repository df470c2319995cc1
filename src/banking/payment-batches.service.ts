import { Injectable } from '@nestjs/common';
import { Directory, partyAt } from '../directory/index.js';
import { demand, demandPerson, may, type Actor, type Permission } from '../identity/index.js';
import type { Unit } from '../kernel/money.js';
import { dayAt, instantFromDate, Temporal, type PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { usedAccounts } from './bank-account.queries.js';
import { creditTransferFile, type TransferVersion } from './credit-transfers.js';
import { endToEndId, isSepa } from './payment-batch.rules.js';
import {
  batchApprovals,
  batchesOfWindow,
  batchPayments,
  batchRow,
  type Batch,
} from './payment-batch.queries.js';
import { BatchProblems } from './banking.problems.js';
import type { PaymentBatchPage, PaymentBatchView, PutPaymentBatch } from './banking.schema.js';
import { isTargetDay, workingDaysAfter } from './working-days.rules.js';

const CLEARING = namedScope('clearing');
/** Where the days of a bank in the euro area are counted. */
const BANK_ZONE = 'Europe/Brussels';
const DUE_WORKING_DAYS = 5;
const APPROVALS = 2;
type State = PaymentBatchView['state'];

/**
 * Each paying party pays its own lines of the netting list, from its own account: the network never holds
 * others' money. One person proposes, two others approve, then the file goes to the payer's bank.
 */
@Injectable()
export class PaymentBatches {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  async propose(actor: Actor, id: string, body: PutPaymentBatch): Promise<PaymentBatchView> {
    const personId = demandPerson(actor);
    const hash = requestHash(body);
    try {
      return await this.db.tx(CLEARING, async (tx) => {
        const before = await batchRow(tx, id);
        if (before) return await this.view(tx, sameRequest(before, hash));
        const order = await this.order(tx, actor, body);
        const now = this.clock.now().toString();
        await sql(
          tx,
          `INSERT INTO banking.payment_batches (id, window_id, network_id, payer_party_id, payer_network_id, unit,
             execution_day, due_day, state, state_by, state_at, proposed_by, request_hash, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'PROPOSED', $9, $10, $11, $12, $10)`,
          [
            id,
            body.windowId,
            order.networkId,
            body.payerPartyId,
            order.payerNetworkId,
            body.unit,
            order.executionDay.toString(),
            order.dueDay.toString(),
            actor.name,
            now,
            personId,
            hash,
          ],
        );
        for (const payment of order.payments) {
          await sql(
            tx,
            `INSERT INTO banking.batch_payments (batch_id, payment_id, network_id, bank_account_id, created_at)
             VALUES ($1, $2, $3, $4, $5)`,
            [id, payment.id, order.networkId, payment.bankAccountId, now],
          );
        }
        return await this.view(tx, (await batchRow(tx, id))!);
      });
    } catch (error) {
      if (!violates(error, 'payment_in_one_batch')) throw error;
      throw BatchProblems.inAnotherBatch('Reject the other batch first, or wait until it is booked.');
    }
  }

  /** The second approval of two people, neither of whom proposed the batch, makes it APPROVED. */
  async approve(actor: Actor, id: string): Promise<PaymentBatchView> {
    const personId = demandPerson(actor);
    try {
      return await this.db.tx(CLEARING, async (tx) => {
        const batch = await this.find(tx, actor, id, 'banking:write');
        await sql(tx, 'SELECT FROM banking.payment_batches WHERE id = $1 FOR UPDATE', [id]);
        const approvals = await batchApprovals(tx, id);
        if (approvals.some(({ approvedBy }) => approvedBy === personId)) return await this.view(tx, batch);
        const current = (await batchRow(tx, id))!;
        if (current.state !== 'PROPOSED') throw wrongState(current.state, 'PROPOSED');
        await sql(
          tx,
          `INSERT INTO banking.batch_approvals (batch_id, network_id, proposed_by, approved_by, approved_at, created_at)
           VALUES ($1, $2, $3, $4, $5, $5)`,
          [id, batch.networkId, batch.proposedBy, personId, this.clock.now().toString()],
        );
        if (approvals.length + 1 >= APPROVALS)
          await this.move(tx, id, actor, { from: ['PROPOSED'], into: 'APPROVED' });
        return await this.view(tx, (await batchRow(tx, id))!);
      });
    } catch (error) {
      if (!violates(error, 'batch_four_eyes')) throw error;
      throw BatchProblems.fourEyes('You have proposed this batch: two others have to approve it.');
    }
  }

  /** Ends the batch and frees its payments for another one. */
  reject(actor: Actor, id: string, reason: string): Promise<PaymentBatchView> {
    return this.db.tx(CLEARING, async (tx) => {
      await this.find(tx, actor, id, 'banking:write');
      await this.move(tx, id, actor, { from: ['PROPOSED', 'APPROVED'], into: 'REJECTED', reason });
      await sql(tx, 'UPDATE banking.batch_payments SET released_at = $2 WHERE batch_id = $1', [
        id,
        this.clock.now().toString(),
      ]);
      return this.view(tx, (await batchRow(tx, id))!);
    });
  }

  /** Handed to the bank. */
  send(actor: Actor, id: string): Promise<PaymentBatchView> {
    return this.db.tx(CLEARING, async (tx) => {
      const batch = await this.find(tx, actor, id, 'banking:write');
      if (batch.state !== 'SENT') await this.move(tx, id, actor, { from: ['APPROVED'], into: 'SENT' });
      return this.view(tx, (await batchRow(tx, id))!);
    });
  }

  get(actor: Actor, id: string): Promise<PaymentBatchView> {
    return this.db.read(CLEARING, async (on) =>
      this.view(on, await this.find(on, actor, id, 'windows:read')),
    );
  }

  list(actor: Actor, windowId: string): Promise<PaymentBatchPage> {
    return this.db.read(CLEARING, async (on) => {
      const items: PaymentBatchView[] = [];
      for (const batch of await batchesOfWindow(on, windowId))
        if (await this.mayAt(on, actor, batch, 'windows:read')) items.push(await this.view(on, batch));
      return { items, next: null };
    });
  }

  /** The SEPA file of an approved batch. */
  file(actor: Actor, id: string, version: TransferVersion): Promise<string> {
    return this.db.read(CLEARING, async (on) => {
      const batch = await this.find(on, actor, id, 'banking:write');
      if (batch.state !== 'APPROVED' && batch.state !== 'SENT') throw wrongState(batch.state, 'APPROVED');
      const [own] = await usedAccounts(on, [batch.payer.id], batch.unit, this.clock.now());
      const payments = await batchPayments(on, id);
      if (!own?.iban || !isSepa(batch.unit, [own, ...payments])) {
        throw BatchProblems.notSepa(
          'Use the payment order: a payer or a payee has no IBAN in the SEPA area, or it is not euro.',
        );
      }
      return creditTransferFile(
        {
          messageId: endToEndId(id),
          madeAt: this.clock.now(),
          executionDay: Temporal.PlainDate.from(batch.executionDay),
          initiator: own.holder,
          payer: { name: own.holder, country: own.country, iban: own.iban, bic: own.bic },
          transfers: payments.map((payment) => ({
            endToEndId: endToEndId(payment.id),
            amount: { unit: batch.unit, minor: BigInt(payment.minor) },
            payee: {
              name: payment.holder!,
              country: payment.country!,
              iban: payment.iban!,
              bic: payment.bic,
            },
            text: payment.documents.join(' '),
          })),
        },
        version,
      );
    });
  }

  /** What a party has to pay after a called window, and to which accounts. */
  private async order(tx: Tx, actor: Actor, body: PutPaymentBatch) {
    const payer = await this.directory.party(tx, body.payerPartyId);
    const [window] = await sql<{ networkId: string; state: string; closedAt: Date | null }>(
      tx,
      `SELECT network_id AS "networkId", state, closed_at AS "closedAt" FROM settlement.pub_windows WHERE id = $1`,
      [body.windowId],
    );
    if (!window || !(await this.mayPay(tx, actor, payer.id, window.networkId)))
      throw BatchProblems.notFound('Check the ids; your spaces and networks have no such window.');
    if (window.state !== 'CALLED')
      throw BatchProblems.notCalled('Call the window first: PUT /v1/windows/{id}/call.');
    const due = await sql<{ id: string; payeeId: string }>(
      tx,
      `SELECT id, to_party_id AS "payeeId" FROM settlement.pub_payments
       WHERE window_id = $1 AND from_party_id = $2 AND unit = $3 AND executed_at IS NULL
         AND to_party_id NOT IN (SELECT party_id FROM duties.pub_held_parties)`,
      [body.windowId, payer.id, body.unit],
    );
    if (due.length === 0)
      throw BatchProblems.nothingToPay('All its payments in this currency are made, or held back.');
    const accounts = await this.accountsFor(tx, [payer.id, ...due.map(({ payeeId }) => payeeId)], body.unit);
    const closedDay = dayAt(instantFromDate(window.closedAt!), BANK_ZONE);
    return {
      networkId: window.networkId,
      payerNetworkId: payer.networkId,
      executionDay: this.executionDay(body.executionDay),
      dueDay: workingDaysAfter(closedDay, DUE_WORKING_DAYS, isTargetDay),
      payments: due.map(({ id, payeeId }) => ({ id, bankAccountId: accounts.get(payeeId)! })),
    };
  }

  private async accountsFor(tx: Tx, partyIds: string[], unit: Unit): Promise<Map<string, string>> {
    const found = await usedAccounts(tx, partyIds, unit, this.clock.now());
    const accounts = new Map(found.map(({ party, id }) => [party.id, id]));
    const missing = partyIds.filter((id) => !accounts.has(id));
    if (missing.length > 0)
      throw BatchProblems.accountMissing('Give each of these parties a bank account, and have it approved.', {
        partyIds: missing,
        unit,
      });
    return accounts;
  }

  /** Never in the past, and a day on which the bank works. */
  private executionDay(asked: PlainDate | undefined): PlainDate {
    const today = dayAt(this.clock.now(), BANK_ZONE);
    const from = asked && Temporal.PlainDate.compare(asked, today) > 0 ? asked : today;
    return workingDaysAfter(from, 0, isTargetDay);
  }

  private async move(
    tx: Tx,
    id: string,
    actor: Actor,
    { from, into, reason = null }: { from: State[]; into: State; reason?: string | null },
  ): Promise<void> {
    const [moved] = await sql(
      tx,
      `UPDATE banking.payment_batches SET state = $3, state_by = $4, state_at = $5, reject_reason = $6
       WHERE id = $1 AND state = ANY ($2) RETURNING id`,
      [id, from, into, actor.name, this.clock.now().toString(), reason],
    );
    if (!moved) throw wrongState((await batchRow(tx, id))!.state, from.join(' or '));
  }

  private async find(on: Reader, actor: Actor, id: string, permission: Permission): Promise<Batch> {
    const batch = await batchRow(on, id);
    if (!batch || !(await this.mayAt(on, actor, batch, 'windows:read')))
      throw BatchProblems.notFound('Check the id; your spaces and networks have no such batch.');
    if (!(await this.mayAt(on, actor, batch, permission)))
      demand(actor, permission, { networkId: batch.networkId });
    return batch;
  }

  private async mayAt(on: Reader, actor: Actor, batch: Batch, permission: Permission): Promise<boolean> {
    const { networkId } = batch;
    const payer = await this.directory.party(on, batch.payer.id);
    return (
      may(actor, permission, { organisationId: networkId, networkId }) ||
      may(actor, permission, await partyAt(on, this.directory, payer))
    );
  }

  /** The payer's own people, and the treasurer of the window's network. */
  private async mayPay(on: Reader, actor: Actor, partyId: string, networkId: string): Promise<boolean> {
    const payer = await this.directory.party(on, partyId);
    return (
      may(actor, 'banking:write', { organisationId: networkId, networkId }) ||
      may(actor, 'banking:write', await partyAt(on, this.directory, payer))
    );
  }

  private async view(on: Reader, batch: Batch): Promise<PaymentBatchView> {
    const { networkId: _networkId, requestHash: _hash, unit, stateAt, ...told } = batch;
    const payments = await batchPayments(on, batch.id);
    const [own] = await usedAccounts(on, [batch.payer.id], unit, this.clock.now());
    return {
      ...told,
      sum: { unit, minor: Number(payments.reduce((sum, { minor }) => sum + BigInt(minor), 0n)) },
      stateAt: instantFromDate(stateAt).toString(),
      approvals: await batchApprovals(on, batch.id),
      isSepa: own !== undefined && isSepa(unit, [own, ...payments]),
      payments: payments.map(({ id, payee, minor, iban, number, bank, documents }) => ({
        id,
        payee,
        amount: { unit, minor: Number(minor) },
        endToEndId: endToEndId(id),
        account: iban ?? number,
        bank,
        documents,
      })),
    };
  }
}

function sameRequest(batch: Batch, hash: string): Batch {
  if (batch.requestHash === hash) return batch;
  throw RequestProblems.idReused('This id stands for another batch. Make a new id for each.');
}

function wrongState(state: State, needed: string) {
  return BatchProblems.wrongState(`The batch is ${state}; this needs ${needed}.`, { state });
}
