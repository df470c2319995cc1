// Owns windows, lines, positions, netting, proofs, exchange rates. Promises: each visit record stands on one line,
// positions sum to zero, payments clear them, a closed window never changes.
// Refuses to know: how a visit was priced, who the visitor was, what a document looks like.
export { Suspense } from './suspense.service.js';
export { SettlementModule } from './settlement.module.js';
export { registerSettlementCli } from './fx.cli.js';
export { accountId as partyAccountId } from './party-accounts.js';
export { WindowChanged } from './settlement.events.js';
export { Payments } from './payments.service.js';
export { Replays, type WindowReplay } from './replays.service.js';
export type { Replayed, ReplayPolicy } from './replay.queries.js';
export { linesPage, nextLines, statementClaims } from './line.queries.js';
export type { StatementClaim } from './line.schema.js';
export { countStatement, statementCharges, statementTotals, statementVat } from './statement.queries.js';
export { reachStatement } from './statement-access.js';
export { windowRow } from './window.queries.js';
