// Owns how a network settles: its rules, its members' VAT, ceilings and standing, dated rates; approvals.
// Promises: nothing written is changed, what takes two people was never done by one.
// Refuses to know: visits, windows, what is owed; it says how, and others say how much.
export { TreasuryModule } from './treasury.module.js';
export { FourEyes } from './four-eyes.service.js';
export { TreasuryRules, type NetworkRules } from './treasury-rules.service.js';
export { ApprovalProblems } from './treasury.problems.js';
