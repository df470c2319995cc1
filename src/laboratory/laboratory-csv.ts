import { amount, decimalText } from '../kernel/money.js';
import { csv } from '../kernel/csv.js';
import type { LaboratoryRunView } from './laboratory.schema.js';

/** One row per party, unit and policy; the policy without a name is how it was. */
export function laboratoryCsv({ result, inputsHash }: LaboratoryRunView): string {
  const header = [
    'party',
    'party_id',
    'unit',
    'policy',
    'net',
    'change',
    'host_income',
    'shares',
    'quota_half_days',
    'beyond_half_days',
    'inputs_hash',
  ];
  const rows = result.parties.flatMap(({ party, unit, results }) =>
    results.map((column, at) => {
      const money = (minor: number) => decimalText(amount(unit, minor));
      return [
        party.name,
        party.id,
        unit,
        result.policies[at]!.name,
        money(column.netMinor),
        money(column.changeMinor),
        money(column.incomeMinor),
        money(column.sharesMinor),
        String(column.quotaHalfDays),
        String(column.beyondHalfDays),
        inputsHash,
      ];
    }),
  );
  return csv([header, ...rows]);
}
