/** Who goes where on which day: two months that a treasurer can check by hand. */
import type { NomadName, SpaceCode } from '../demo-network.js';

export type PlannedVisit = { readonly guest: NomadName; readonly host: SpaceCode; readonly day: string };

const visits = (guest: NomadName, host: SpaceCode, ...days: string[]): PlannedVisit[] =>
  days.map((day) => ({ guest, host, day }));

/** S6, a treasurer's month: 26 visit days between five spaces. In June, past the bank holidays. */
export const JUNE: readonly PlannedVisit[] = [
  ...visits('lea', 'BCN', '2026-06-08', '2026-06-09', '2026-06-10'),
  ...visits('hugo', 'BCN', '2026-06-08', '2026-06-09', '2026-06-10'),
  ...visits('hugo', 'ATH', '2026-06-12'),
  ...visits('marta', 'MRS', '2026-06-08', '2026-06-09'),
  ...visits('pau', 'MRS', '2026-06-08', '2026-06-09'),
  ...visits('marta', 'ATH', '2026-06-11', '2026-06-12'),
  ...visits('pau', 'ATH', '2026-06-11', '2026-06-12'),
  ...visits('marko', 'LEC', '2026-06-08', '2026-06-09', '2026-06-10'),
  ...visits('chiara', 'MRS', '2026-06-08', '2026-06-09', '2026-06-10'),
  ...visits('matteo', 'MRS', '2026-06-08', '2026-06-09'),
  ...visits('matteo', 'RJK', '2026-06-11'),
  ...visits('nikos', 'BCN', '2026-06-11', '2026-06-12'),
];

/** S1, Tunis and Marseille: Inès for a week, Léa in Tunis for two days. */
export const JULY: readonly PlannedVisit[] = [
  ...visits('ines', 'MRS', '2026-07-06', '2026-07-07', '2026-07-08', '2026-07-09', '2026-07-10'),
  ...visits('lea', 'TUN', '2026-07-06', '2026-07-07'),
];
