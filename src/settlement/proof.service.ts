import { Injectable } from '@nestjs/common';
import { documentSums } from '../billing/index.js';
import type { Actor } from '../identity/index.js';
import type { Unit } from '../kernel/money.js';
import { Db, type Reader } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { claims } from './closing.queries.js';
import { checkedWindow, recordedLines, type Recomputed } from './proof.queries.js';
import { Recomputation, type ComputedPayment } from './recompute.js';
import { WindowProblems } from './window.problems.js';
import { windowPayments, windowPositions } from './window.queries.js';
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
    return this.db.read(namedScope('clearing'), (on) => prove(on, windowId));
  }
}

async function prove(on: Reader, windowId: string): Promise<ProofView> {
  const checked = await checkedWindow(on, windowId);
  const positions = await windowPositions(on, windowId);
  const payments = await windowPayments(on, windowId);
  const twin = await recompute(on, windowId, positions);
  const documents = await documentsCheck(on, windowId);
  const unitsOff = checked.sums.filter(({ positionsMinor }) => positionsMinor !== 0);
  const checks: Check[] = [
    check('lines_match_records', checked.linesOff, 'lines differ from their visit records'),
    check(
      'lines_hash_unchanged',
      checked.hash === checked.hashAtClosing ? 0 : 1,
      'hashes differ from the closing',
    ),
    check('positions_match_lines', checked.positionsOff, 'positions differ from their lines'),
    check('positions_sum_to_zero', unitsOff.length, 'units do not sum to zero'),
    check(
      'payments_clear_positions',
      checked.unclearedPositions,
      'positions are not cleared by the payments',
    ),
    check('documents_match_lines', documents.off, 'claims without a document of their amount'),
    check(
      'twin_agrees',
      differences(twin, checked, positions, payments),
      'differences from the second computation',
    ),
  ];
  return {
    windowId,
    holds: checks.every(({ holds }) => holds),
    checks,
    sums: checked.sums.map((sum) => ({ ...sum, documentsMinor: documents.sums.get(sum.unit) ?? 0 })),
    lines: checked.lines,
    linesHash: checked.hash,
  };
}

function check(name: Check['name'], off: number, what: string): Check {
  return { name, holds: off === 0, detail: `${off} ${what}` };
}

async function recompute(
  on: Reader,
  windowId: string,
  positions: readonly Position[],
): Promise<Recomputation> {
  const profiles = new Map(positions.map(({ unit, party, profile }) => [`${unit}/${party.id}`, profile]));
  const profileOf = (partyId: string, unit: Unit): SettlementProfile =>
    profiles.get(`${unit}/${partyId}`) ?? 'NETTING_ALLOWED';
  const twin = new Recomputation(profileOf);
  for await (const line of recordedLines(on, windowId)) twin.add(line);
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

/** Every claim that is paid in money has one document of its amount, and its lines add up to it. */
async function documentsCheck(
  on: Reader,
  windowId: string,
): Promise<{ off: number; sums: Map<Unit, number> }> {
  const issued = await documentSums(on, windowId);
  const texts = new Set(
    issued
      .filter(({ netMinor, linesMinor }) => netMinor === linesMinor)
      .map(({ unit, issuerPartyId, recipientPartyId, netMinor }) =>
        [unit, issuerPartyId, recipientPartyId, netMinor].join('|'),
      ),
  );
  const due = (await claims(on, windowId)).filter(({ clearing }) => clearing !== 'IN_KIND');
  const missing = due.filter(
    ({ unit, creditorPartyId, debtorPartyId, minor }) =>
      !texts.has([unit, creditorPartyId, debtorPartyId, minor].join('|')),
  );
  const sums = new Map<Unit, number>();
  for (const { unit, netMinor } of issued) sums.set(unit, (sums.get(unit) ?? 0) + Number(netMinor));
  return { off: missing.length + Math.max(0, issued.length - due.length), sums };
}
