// Owns impact periods, exit answers, declarations, and what of them is published. Promises: a figure says its n, its
// method and what is missing; no published cell, alone or with others, tells of fewer than five people or three spaces.
// Refuses to know: who a guest was (records name nobody), and every book: it reads what was sealed and settled.
export { ObservatoryModule } from './observatory.module.js';
