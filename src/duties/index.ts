// Owns what a platform has to know of its sellers and to report (DAC7), why a seller is restricted, volumes of limited
// networks, and how long records are kept. Promises: nothing is reported that is not declared, every restriction gives its reasons.
// Refuses to know: how money is paid or documents are made; it reads what others publish.
export { DutiesModule } from './duties.module.js';
