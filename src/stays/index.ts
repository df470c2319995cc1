// Owns immersion stays in both directions: calls, applications, agreements, learning statements, grants, stories.
// Promises: every step has its side and its moment, one text is signed by all, days are those of sealed visits.
// Refuses to know: who may take a desk, what a visit costs, how the grantor's bank pays.
export { StaysModule } from './stays.module.js';
