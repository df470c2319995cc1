// Owns runs of the policy laboratory. Promises: real visits under other policies are settled by the rules that settled
// them, and the policy "as it is" gives what the books have; a run that is kept says what it was made from.
// Refuses to know: how a window is settled (settlement replays it), and every book: it writes into none.
export { LaboratoryModule } from './laboratory.module.js';
