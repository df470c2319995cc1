import { Injectable } from '@nestjs/common';
import { amount } from '../kernel/money.js';
import { Problem } from '../kernel/problem.js';
import type { PlainDate } from '../kernel/time.js';
import { Directory } from '../directory/index.js';
import { Ledger } from '../ledger/index.js';
import { Clock } from '../platform/clock.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import {
  addUse,
  leftOfCaps,
  queueAt,
  smallest,
  type CappedVisit,
  type Foreseen,
  type LimitedBy,
} from './caps.queries.js';
import { QuotaProblems } from './reciprocity.problems.js';
import { offersAt } from './reciprocity.queries.js';
import { leftOf, pickTerms, type QuotaOf, type Terms } from './terms.rules.js';
import type { ResourceKind } from '../kernel/words.js';

type HostSpace = { readonly id: string; readonly networkId: string };

type TermsQuery = {
  readonly homeNetworkId: string;
  readonly hostSpace: HostSpace;
  readonly resourceKind: ResourceKind;
  readonly day: PlainDate;
  /** Of the guest; without it, agreements between two spaces are left out. */
  readonly homeSpaceId?: string | null;
};

/** The guest's home and the day, for caps over more than one guest. */
type Capped = { readonly homeSpaceId?: string | null; readonly day?: PlainDate };

export type QuotaHold = {
  /** The ledger's hold: post, void or expire it there. */
  readonly holdId: string;
  readonly personId: string;
  readonly hostSpace: HostSpace;
  /** Of the space's local day. */
  readonly year: number;
  readonly halfDays: number;
  readonly reason: string;
} & Capped;

/** What the rest of the service asks: on which terms, and how much of it is free. */
@Injectable()
export class Reciprocity {
  constructor(
    private readonly directory: Directory,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  async terms(
    on: Reader,
    { homeNetworkId, hostSpace, resourceKind, day, homeSpaceId = null }: TermsQuery,
  ): Promise<Terms | null> {
    const homeChain = await this.directory.networkChain(on, homeNetworkId);
    const hostChain = await this.directory.networkChain(on, hostSpace.networkId);
    const networks = [...new Set([...homeChain, ...hostChain])];
    const at = { hostSpaceId: hostSpace.id, resourceKind, homeSpaceId, day: day.toString() };
    const offers = await offersAt(on, { networks, ...at });
    return pickTerms(offers, { homeChain, hostChain, day });
  }

  /** What is left on a day, also to somebody who is about to take `foreseen` first. */
  async quota(
    on: Reader,
    of: QuotaOf & Capped & { readonly foreseen?: Foreseen | undefined },
    terms: Terms,
  ): Promise<{ grantedHalfDays: number; leftHalfDays: number; limitedBy: LimitedBy }> {
    const [row] = await sql<{ granted: number; net: number; capped: number }>(
      on,
      `SELECT coalesce((SELECT granted_half_days FROM reciprocity.quotas WHERE account_id = $1), 0) AS granted,
              coalesce((SELECT debits + debits_held - credits FROM ledger.pub_accounts WHERE id = $1), 0)::int AS net,
              coalesce((SELECT credits + credits_held - debits FROM ledger.pub_accounts WHERE id = $2), 0)::int AS capped`,
      [quotaAccount(of), usedAccount(of, terms)],
    );
    const { granted, net, capped } = row ?? { granted: 0, net: 0, capped: 0 };
    const soon = of.foreseen?.day.year === of.year ? of.foreseen.halfDays : 0;
    const taken = granted + net + soon; // what came back is credited, as what was granted is
    const grantedHalfDays = Math.max(granted, terms.freeHalfDays);
    const cap = { max: terms.capHalfDaysPerPersonYear, taken: capped + soon };
    const own = leftOf({ granted: grantedHalfDays, taken }, cap);
    const visit = cappedVisit(of, of.hostSpaceId, terms);
    const { left, limitedBy } = visit
      ? smallest(own, await leftOfCaps(on, visit, of.foreseen))
      : { left: own, limitedBy: null };
    return { grantedHalfDays, leftHalfDays: left, limitedBy };
  }

  /**
   * Takes free half-days. The quota opens with its first use and grows when a version grants more; what was
   * granted is never taken back. The cap is read after the hold, whose row lock keeps every other hold waiting.
   */
  async holdQuota(tx: Tx, hold: QuotaHold, terms: Terms): Promise<void> {
    const of = { personId: hold.personId, hostSpaceId: hold.hostSpace.id, year: hold.year };
    const [available, used] = [quotaAccount(of), usedAccount(of, terms)];
    await this.ledger.open(tx, available, 'visa_quota', 'HALF_DAY', 'no_overdraft');
    await this.ledger.open(tx, used, 'visa_quota_used', 'HALF_DAY', 'no_overdraft');
    await this.grant(tx, { ...of, hostNetworkId: hold.hostSpace.networkId }, terms.freeHalfDays);
    const halfDays = amount('HALF_DAY', hold.halfDays);
    const order = { id: hold.holdId, debit: available, credit: used, amount: halfDays, reason: hold.reason };
    try {
      await this.ledger.hold(tx, order);
    } catch (error) {
      if (error instanceof Problem && error.code === 'ledger.insufficient') throw exhausted(hold.year);
      throw error;
    }
    const { credits, creditsHeld, debits } = await this.ledger.account(tx, used);
    const cap = terms.capHalfDaysPerPersonYear;
    if (cap !== null && credits + creditsHeld - debits > BigInt(cap)) throw exhausted(hold.year);
    await this.holdCaps(tx, hold, terms);
  }

  /** Counted after the queue, so that what is read includes everybody who came before. */
  private async holdCaps(tx: Tx, hold: QuotaHold, terms: Terms): Promise<void> {
    const visit = cappedVisit(hold, hold.hostSpace.id, terms);
    if (!visit) return;
    const now = this.clock.now().toString();
    await queueAt(tx, visit, hold.hostSpace.networkId, now);
    const { holdId, halfDays } = hold;
    await addUse(tx, visit, { holdId, halfDays, hostNetworkId: hold.hostSpace.networkId, now });
    const { pair, season } = await leftOfCaps(tx, visit);
    if (pair !== null && pair < 0)
      throw QuotaProblems.pairCapReached(
        'Use a pass, pay for the visit, or ask your space to agree on more.',
      );
    if (season !== null && season < 0)
      throw QuotaProblems.hostCapReached('Use a pass, pay for the visit, or try a space nearby.');
  }

  /** One grant per level reached, each under an id derived from it: racing first uses meet in one row. */
  private async grant(tx: Tx, of: QuotaOf & { hostNetworkId: string }, halfDays: number): Promise<void> {
    const account = quotaAccount(of);
    await sql(
      tx,
      `INSERT INTO reciprocity.quotas (account_id, person_id, host_space_id, host_network_id, year,
         granted_half_days, created_at) VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT (account_id) DO NOTHING`,
      [account, of.personId, of.hostSpaceId, of.hostNetworkId, of.year, this.clock.now().toString()],
    );
    const locked =
      'SELECT granted_half_days AS granted FROM reciprocity.quotas WHERE account_id = $1 FOR UPDATE';
    const [quota] = await sql<{ granted: number }>(tx, locked, [account]);
    const missing = halfDays - (quota?.granted ?? 0);
    if (missing <= 0) return;
    const raised = 'UPDATE reciprocity.quotas SET granted_half_days = $2 WHERE account_id = $1';
    await sql(tx, raised, [account, halfDays]);
    const host = derivedId(of.hostSpaceId, 'visa-quotas-granted');
    await this.ledger.open(tx, host, 'visa_quotas_granted', 'HALF_DAY', 'none');
    await this.ledger.transfer(tx, {
      id: derivedId(account, `grant-up-to-${halfDays}`),
      debit: host,
      credit: account,
      amount: amount('HALF_DAY', missing),
      reason: 'visa quota',
    });
  }
}

/** Nobody without a home space has free half-days. */
function cappedVisit(
  { homeSpaceId, day }: Capped,
  hostSpaceId: string,
  { versionId, agreementId }: Terms,
): CappedVisit | null {
  return homeSpaceId && day ? { versionId, agreementId, homeSpaceId, hostSpaceId, day } : null;
}

function quotaAccount({ personId, hostSpaceId, year }: QuotaOf): string {
  return derivedId(personId, `visa-quota/${hostSpaceId}/${year}`);
}

/** Shared by all hosts of an agreement, so that a cap over them is one number. */
function usedAccount({ personId, year }: QuotaOf, { agreementId }: Terms): string {
  return derivedId(personId, `visa-quota-used/${agreementId}/${year}`);
}

function exhausted(year: number): Problem {
  return QuotaProblems.exhausted(`No free half-day is left for ${year}: use a pass, or pay for the visit.`, {
    year,
  });
}
