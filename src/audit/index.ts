// Owns nothing but the order: who did what in a clearing house, from what each module publishes of its own acts.
// Promises: nothing is logged twice, so nothing can differ; who reads it sees names, and an export holds no formula.
// Refuses to know: what an act means; the module whose act it is decides that.
export { AuditModule } from './audit.module.js';
