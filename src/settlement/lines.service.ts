import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import type { Actor } from '../identity/index.js';
import { Db, type Reader } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { chargeLines, chargeView } from './charge-origin.queries.js';
import { chargesOfRecord, linesPage, nextLines, openLine, scansOf, statementClaims } from './line.queries.js';
import type {
  ChargeLinesQuery,
  ChargeView,
  LinesQuery,
  LineView,
  PaymentOrigin,
  StatementClaimPage,
  StatementLinePage,
} from './line.schema.js';
import { sideClaims, sidePayments, vatOfPayment } from './payment-origin.queries.js';
import { demandParty, reachStatement } from './statement-access.js';
import { ChargeProblems, LineProblems, PaymentProblems } from './window.problems.js';
import { collectorOf, paymentRow, paymentView, windowConversions } from './window.queries.js';

type Statement = { readonly windowId: string; readonly partyId: string };
const CLEARING = namedScope('clearing');

/** What stands behind an amount, one step down with every read: claim, lines, and a line down to the scan. */
@Injectable()
export class Lines {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
  ) {}

  claims(actor: Actor, statement: Statement): Promise<StatementClaimPage> {
    return this.db.read(CLEARING, async (on) => {
      await reachStatement(on, this.directory, actor, statement);
      return { items: await statementClaims(on, statement), next: null };
    });
  }

  page(actor: Actor, statement: Statement, query: LinesQuery): Promise<StatementLinePage> {
    return this.db.read(CLEARING, async (on) => {
      await reachStatement(on, this.directory, actor, statement);
      const items = await linesPage(on, statement, query);
      return { items, next: nextLines(items, query.limit) };
    });
  }

  open(actor: Actor, recordId: string): Promise<LineView> {
    return this.db.read(CLEARING, async (on) => {
      const found = await openLine(on, recordId);
      const notFound = () => LineProblems.notFound('Check the id; your networks have no such line.');
      if (!found) throw notFound();
      const { networkId, ...line } = found;
      await demandParty(on, this.directory, actor, {
        networkId,
        partyIds: [line.debtor.id, line.creditor.id],
        notFound,
      });
      return {
        ...line,
        scans: await scansOf(on, line.visit.id, recordId),
        charges: await chargesOfRecord(on, recordId),
      };
    });
  }

  charge(actor: Actor, id: string): Promise<ChargeView> {
    return this.db.read(CLEARING, (on) => this.reachCharge(on, actor, id));
  }

  chargeLines(actor: Actor, id: string, query: ChargeLinesQuery): Promise<StatementLinePage> {
    return this.db.read(CLEARING, async (on) => {
      await this.reachCharge(on, actor, id);
      const items = await chargeLines(on, id, query);
      return { items, next: nextLines(items, query.limit) };
    });
  }

  /** Why a payment is of this amount: the claims and the payments on either side of it add up to the same. */
  origin(actor: Actor, paymentId: string): Promise<PaymentOrigin> {
    return this.db.read(CLEARING, async (on) => {
      const payment = await paymentRow(on, paymentId);
      const notFound = () => PaymentProblems.notFound('Check the id; your networks have no such payment.');
      if (!payment) throw notFound();
      const { networkId, windowId, kind, from, to, amount } = payment;
      const read = await demandParty(on, this.directory, actor, {
        networkId,
        partyIds: [from.id, to.id],
        notFound,
      });
      const sides: PaymentOrigin['sides'] = [];
      // A collecting network passes on what is not its own: there is nothing to explain on its side.
      const collector = kind === 'NETTED' ? await collectorOf(on, windowId) : null;
      const shown = [from, to].filter(({ id }) => read.includes(id) && id !== collector);
      for (const party of kind === 'VAT' ? [] : shown) {
        const claims = await sideClaims(on, { paymentId, partyId: party.id });
        const positionMinor = claims.reduce(
          (sum, claim) => sum + (claim.direction === 'RECEIVES' ? claim.clearedMinor : -claim.clearedMinor),
          0,
        );
        const payments = await sidePayments(on, { paymentId, partyId: party.id });
        sides.push({ party, unit: amount.unit, claims, positionMinor, payments });
      }
      return {
        payment: paymentView(payment),
        sides,
        vat: await vatOfPayment(on, paymentId),
        conversions: await windowConversions(on, windowId),
      };
    });
  }

  private async reachCharge(on: Reader, actor: Actor, id: string): Promise<ChargeView> {
    const found = await chargeView(on, id);
    const notFound = () => ChargeProblems.notFound('Check the id; your networks have no such charge.');
    if (!found) throw notFound();
    const { networkId, ...charge } = found;
    const partyIds = [charge.debtor.id, charge.creditor.id];
    await demandParty(on, this.directory, actor, { networkId, partyIds, notFound });
    return charge;
  }
}
