import { createHash } from 'node:crypto';
import type { Unit } from '../kernel/money.js';
import { netPayments } from './net-payments.js';
import { clearingOf, type SettlementProfile } from './window.rules.js';

/** A line as its visit record has it, read again from the record. */
export type RecordedLine = {
  readonly recordId: string;
  readonly debtorPartyId: string;
  readonly creditorPartyId: string;
  readonly unit: Unit;
  readonly minor: bigint;
};
export type ComputedPosition = { receives: bigint; pays: bigint; netting: bigint };
export type ComputedPayment = {
  readonly kind: 'NETTED' | 'GROSS';
  readonly unit: Unit;
  readonly fromPartyId: string;
  readonly toPartyId: string;
  readonly minor: bigint;
};

/**
 * Settles a window a second time, record by record and without SQL: the independent twin a proof
 * compares the closing with. Lines are added in the order of their record ids.
 */
export class Recomputation {
  private readonly hash = createHash('sha256');
  private readonly claims = new Map<string, { line: RecordedLine; minor: bigint }>();

  constructor(private readonly profileOf: (partyId: string, unit: Unit) => SettlementProfile) {}

  add(line: RecordedLine): void {
    this.hash.update(createHash('sha256').update(lineText(line)).digest());
    const key = [line.unit, line.debtorPartyId, line.creditorPartyId].join('/');
    const claim = this.claims.get(key) ?? { line, minor: 0n };
    claim.minor += line.minor;
    this.claims.set(key, claim);
  }

  linesHash(): string {
    return this.hash.copy().digest('hex');
  }

  /** By `unit/party`. */
  positions(): Map<string, ComputedPosition> {
    const positions = new Map<string, ComputedPosition>();
    const at = (unit: Unit, partyId: string): ComputedPosition => {
      const key = `${unit}/${partyId}`;
      const position = positions.get(key) ?? { receives: 0n, pays: 0n, netting: 0n };
      positions.set(key, position);
      return position;
    };
    for (const { line, minor } of this.claims.values()) {
      const debtor = at(line.unit, line.debtorPartyId);
      const creditor = at(line.unit, line.creditorPartyId);
      debtor.pays += minor;
      creditor.receives += minor;
      if (this.clearing(line) !== 'NETTED') continue;
      debtor.netting -= minor;
      creditor.netting += minor;
    }
    return positions;
  }

  payments(): ComputedPayment[] {
    const gross = [...this.claims.values()]
      .filter(({ line, minor }) => minor > 0n && isMutual(line) && this.clearing(line) === 'GROSS')
      .map(({ line, minor }) => payment('GROSS', line.unit, line.debtorPartyId, line.creditorPartyId, minor));
    const nets = [...this.positions()].map(([key, { netting }]) => {
      const [unit, party] = key.split('/') as [Unit, string];
      return { unit, party, net: netting };
    });
    const netted = [...new Set(nets.map(({ unit }) => unit))].flatMap((unit) =>
      netPayments(nets.filter((net) => net.unit === unit)).map(({ debtor, creditor, minor }) =>
        payment('NETTED', unit, debtor, creditor, minor),
      ),
    );
    return [...gross, ...netted];
  }

  private clearing({ unit, debtorPartyId, creditorPartyId }: RecordedLine) {
    return clearingOf(unit, this.profileOf(debtorPartyId, unit), this.profileOf(creditorPartyId, unit));
  }
}

/** What the hash of a window's lines is made of; src/settlement/closing.queries.ts builds the same text. */
export function lineText({ recordId, debtorPartyId, creditorPartyId, unit, minor }: RecordedLine): string {
  return [recordId, debtorPartyId, creditorPartyId, unit, minor].join('|');
}

/** A visit at home is nobody's debt. */
function isMutual({ debtorPartyId, creditorPartyId }: RecordedLine): boolean {
  return debtorPartyId !== creditorPartyId;
}

function payment(
  kind: ComputedPayment['kind'],
  unit: Unit,
  fromPartyId: string,
  toPartyId: string,
  minor: bigint,
): ComputedPayment {
  return { kind, unit, fromPartyId, toPartyId, minor };
}
