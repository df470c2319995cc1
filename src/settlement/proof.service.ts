import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import type { Unit } from '../kernel/money.js';
import { Db, type Reader } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { comparedDocuments } from './document-sums.js';
import {
  checkedWindow,
  clearedSums,
  recordedLines,
  twinFacts,
  type Cleared,
  type Recomputed,
} from './proof.queries.js';
import { Recomputation, type ComputedPayment } from './recompute.js';
import { WindowProblems } from './window.problems.js';
import { collectorOf, windowConversions, windowPayments, windowPositions } from './window.queries.js';
import type { SettlementProfile } from './window.rules.js';
import type { PaymentView, PositionPage, ProofView } from './window.schema.js';
import { Windows } from './windows.service.js';

type Position = PositionPage['items'][number];
type Check = ProofView['checks'][number];

/**
 * Shows that a closed window adds up to zero, from its visit records: once in SQL, once by the twin in
 * TypeScript. Nothing of it is stored, so whoever may read the window may run it at any time.
 */
@Injectable()
export class Proofs {
  constructor(
    private readonly db: Db,
    private readonly windows: Windows,
  ) {}

  async get(actor: Actor, windowId: string): Promise<ProofView> {
    const window = await this.windows.reach(actor, windowId, 'windows:read');
    if (window.untilDay === null)
      throw WindowProblems.notClosed('There is something to prove once the window is closed.');
    return this.db.read(namedScope('clearing'), (on) => prove(on, window));
  }

  /** For a reader who needs no more than whether it holds, and may know that. */
  prove(on: Reader, window: Parameters<typeof prove>[1]): Promise<ProofView> {
    return prove(on, window);
  }
}

/** A plan that was made again, at the call or by aborting, leaves out what waits for a dispute. */
async function prove(on: Reader, window: { readonly id: string; readonly networkId: string; state: string }) {
  const windowId = window.id;
  const isReplanned = ['CALLED', 'SETTLED'].includes(window.state);
  const isAborted = window.state === 'ABORTED';
  const checked = await checkedWindow(on, { ...window, isReplanned });
  const positions = await windowPositions(on, windowId);
  const payments = await windowPayments(on, windowId);
  const collector = await collectorOf(on, windowId);
  const twin = await recompute(on, windowId, { positions, isReplanned, collector });
  const documents = await comparedDocuments(on, windowId);
  const cleared = await clearedSums(on, windowId, isReplanned, collector);
  const unitsOff = checked.sums.filter(({ positionsMinor }) => positionsMinor !== 0);
  const planned: [Check['name'], number, string][] = [
    ['payments_clear_positions', checked.unclearedPositions, 'positions are not cleared by the payments'],
    [
      'documents_equal_offsets_and_payments',
      unequal(cleared, documents, (await windowConversions(on, windowId)).length > 0),
      'units in which documents are not offsets, payments and what waits',
    ],
    [
      'twin_agrees',
      differences(twin, checked, positions, payments),
      'differences from the second computation',
    ],
  ];
  const checks: Check[] = [
    check('lines_match_records', checked.linesOff, 'lines differ from their visit records'),
    check(
      'lines_hash_unchanged',
      checked.hash === checked.hashAtClosing ? 0 : 1,
      'hashes differ from the closing',
    ),
    check('positions_match_lines', checked.positionsOff, 'positions differ from their lines'),
    check('positions_sum_to_zero', unitsOff.length, 'units do not sum to zero'),
    check('charges_match_terms', checked.chargesOff, 'shares differ from the terms of their visits'),
    check('documents_match_lines', documents.off, 'claims without a document of their amount'),
    // An aborted window pays nothing, so there is nothing that could clear it.
    ...planned.map(([name, off, what]) => check(name, isAborted ? 0 : off, what)),
  ];
  return {
    windowId,
    holds: checks.every(({ holds }) => holds),
    checks,
    sums: checked.sums.map((sum) => ({
      ...sum,
      documentsMinor: Number(documents.net.get(sum.unit) ?? 0n),
      vatMinor: Number(documents.vat.get(sum.unit) ?? 0n),
      suspendedMinor: Number(cleared.find(({ unit }) => unit === sum.unit)?.suspended ?? 0n),
    })),
    lines: checked.lines,
    linesHash: checked.hash,
  };
}

/**
 * Σ documents with their VAT = Σ offsets + Σ payments + Σ what waits, in every currency. What is netted in another
 * currency than it is billed in is compared as it was converted, claim by claim.
 */
function unequal(
  cleared: readonly Cleared[],
  documents: { readonly net: Map<Unit, bigint>; readonly vat: Map<Unit, bigint> },
  isConverted: boolean,
): number {
  return cleared.filter(({ unit, claims, undocumented, offsets, suspended, payments }) => {
    const net = isConverted ? claims : (documents.net.get(unit) ?? 0n) + undocumented;
    return net + (documents.vat.get(unit) ?? 0n) !== offsets + payments + suspended;
  }).length;
}

function check(name: Check['name'], off: number, what: string): Check {
  return { name, holds: off === 0, detail: `${off} ${what}` };
}

async function recompute(
  on: Reader,
  windowId: string,
  {
    positions,
    isReplanned,
    collector,
  }: {
    readonly positions: readonly Position[];
    readonly isReplanned: boolean;
    readonly collector: string | null;
  },
): Promise<Recomputation> {
  const profiles = new Map(positions.map(({ unit, party, profile }) => [`${unit}/${party.id}`, profile]));
  const profileOf = (partyId: string, unit: Unit): SettlementProfile =>
    profiles.get(`${unit}/${partyId}`) ?? 'NETTING_ALLOWED';
  const { charges, suspended, vatBps } = await twinFacts(on, windowId, isReplanned);
  const conversions = await windowConversions(on, windowId);
  const twin = new Recomputation({ profileOf, conversions, vatBps, collector });
  for await (const line of recordedLines(on, windowId)) twin.add(line);
  for (const charge of charges) twin.charge(charge);
  for (const one of suspended) twin.suspend(one);
  return twin;
}

/** Rows that one computation has and the other has not. */
function differences(
  twin: Recomputation,
  { hash }: Recomputed,
  positions: readonly Position[],
  payments: readonly PaymentView[],
): number {
  const computed = [
    twin.linesHash(),
    ...[...twin.positions()].map(([key, { receives, pays, netting }]) =>
      [key, receives, pays, netting].join('|'),
    ),
    ...twin.payments().map(paymentText),
  ];
  const stored = [
    hash,
    ...positions.map(({ unit, party, receivesMinor, paysMinor, nettingMinor }) =>
      [`${unit}/${party.id}`, receivesMinor, paysMinor, nettingMinor].join('|'),
    ),
    ...payments.map(({ kind, from, to, amount }) =>
      paymentText({
        kind,
        unit: amount.unit,
        fromPartyId: from.id,
        toPartyId: to.id,
        minor: BigInt(amount.minor),
      }),
    ),
  ];
  const [once, again] = [new Set(computed), new Set(stored)];
  return (
    [...once].filter((row) => !again.has(row)).length + [...again].filter((row) => !once.has(row)).length
  );
}

function paymentText({ kind, unit, fromPartyId, toPartyId, minor }: ComputedPayment): string {
  return [kind, unit, fromPartyId, toPartyId, minor].join('|');
}
