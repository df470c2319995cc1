// Owns exports: statements as files, made in the background, with their history. Promises: a file says how many rows it
// has and what they come to, is what it was when it was made (sha-256), and holds no cell that a spreadsheet would run.
// Refuses to know: what is owed; settlement says it, line by line.
export { ExportsModule } from './exports.module.js';
export { ExportRequested } from './export.events.js';
