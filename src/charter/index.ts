// Owns charters, who has signed them, self-assessments, peer reviews, and the state of every member under its charter.
// Promises: what was signed stays as it was signed, nobody is stopped without reasons and an appeal, what was booked is kept.
// Refuses to know: how a booking is refused, how money is netted; it says that a space stops hosting, and asks what is owed.
export { CharterModule } from './charter.module.js';
export { PROPOSED_CHARTER, proposalOf } from './proposed/proposal.js';
export { AppealAnswered, CharterPublished, MemberMoved } from './charter.events.js';
