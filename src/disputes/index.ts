// Owns disputes about settled lines and their correspondence. Promises: three stages with clocks, an end in every case,
// nothing said is changed, and what both sides do not argue about is paid meanwhile.
// Refuses to know: how a window is netted; it says which line waits, and how much of it stays billed.
export { DisputesModule } from './disputes.module.js';
