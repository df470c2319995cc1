// Owns windows, lines, positions, netting, proof, exchange rates.
export { SettlementModule } from './settlement.module.js';
