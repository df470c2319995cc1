/**
 * Documents issued one after another: number, VAT, content and hash in a transaction, then UBL, CII and the PDF that
 * carries its data. Time per document, how it grows with their number, and memory from the first part to the last.
 *
 * DOCUMENTS=10000 npm run bench -- documents
 */
import { DOCUMENT_SOURCE, paperOf } from '../dist/src/billing/document-pdf.js';
import { ciiOf } from '../dist/src/billing/en16931/cii.js';
import { facturX } from '../dist/src/billing/en16931/factur-x.js';
import { ublOf } from '../dist/src/billing/en16931/ubl.js';
import { Billing, Receipts } from '../dist/src/billing/index.js';
import { newId } from '../dist/src/kernel/ids.js';
import { Temporal } from '../dist/src/kernel/time.js';
import { Db } from '../dist/src/platform/db.js';
import { Pdf } from '../dist/src/platform/pdf/pdf.js';
import { namedScope } from '../dist/src/platform/scope.js';
import { mustBeNone, seenOnce } from './findings.mjs';
import { makeNetworks } from './settlement-scene.mjs';

const PARTS = 10;
const GOALS = { growth: { atMost: 50 }, slower: { atMost: 1.5 } };
const CLEARING = namedScope('clearing');
const VAT = {
  day: '2026-01-15',
  supplier: { country: 'FR', territoryCode: null, status: 'STANDARD' },
  customer: { kind: 'CONSUMER', country: 'FR' },
  resourceKind: 'hot_desk',
};

export async function run(database, { documents }) {
  const { app } = await database.openApp();
  const { owner } = database;
  const scene = await makeScene(owner);
  await issue(app, owner, scene, 20); // what is done once is done
  const parts = [];
  for (let part = 1; part <= PARTS; part += 1)
    parts.push(await issue(app, owner, scene, Math.round(documents / PARTS)));
  const gaps = await app.get(Db).read(CLEARING, (on) => app.get(Billing).seriesWithGaps(on));
  return findings(parts, documents, gaps);
}

async function makeScene(owner) {
  const [{ id: networkId }] = await makeNetworks(owner, 10);
  const personId = newId();
  await owner.query(
    `INSERT INTO identity.people (id, email, name, language, request_hash, created_at)
     VALUES ($1, 'bench@example.org', 'Bench', 'fr', '', now())`,
    [personId],
  );
  return { networkId, personId };
}

async function issue(app, owner, { networkId, personId }, count) {
  let [issueMs, paperMs] = [0, 0];
  for (let number = 0; number < count; number += 1) {
    const order = {
      id: newId(),
      networkId,
      personId,
      personName: 'Amina Haddad',
      language: 'fr',
      title: 'Dix jours',
      gross: { unit: 'EUR', minor: 15_000n },
      of: { inputs: VAT },
    };
    issueMs += await timed(() => app.get(Db).tx(CLEARING, (tx) => app.get(Receipts).issue(tx, order)));
    paperMs += await timed(() => papers(app, owner, order.id));
  }
  globalThis.gc?.();
  const memoryMb = Math.round(process.memoryUsage().rss / 1e6);
  return { issueMs: issueMs / count, paperMs: paperMs / count, memoryMb };
}

async function papers(app, owner, id) {
  const { rows } = await owner.query('SELECT number, content FROM billing.documents WHERE id = $1', [id]);
  const { language, ...content } = rows[0].content;
  const invoice = { number: rows[0].number, ...content };
  ublOf(invoice);
  const cii = ciiOf(invoice);
  const page = app.get(Pdf).print(DOCUMENT_SOURCE, paperOf({ invoice, language, kind: 'INVOICE' }));
  const madeAt = Temporal.Instant.from('2026-01-15T08:00:00Z');
  await facturX(page, cii, { title: invoice.number, madeAt });
}

function findings(parts, documents, gaps) {
  const [first, last] = [parts[0], parts.at(-1)];
  const mean = (key) => parts.reduce((sum, part) => sum + part[key], 0) / parts.length;
  return [
    mustBeNone('Series of documents with a gap', gaps.length),
    seenOnce('A document: number, VAT, content and hash in a transaction', {
      figure: mean('issueMs'),
      unit: 'ms',
    }),
    seenOnce('Its UBL, CII and the PDF that carries its data', { figure: mean('paperMs'), unit: 'ms' }),
    seenOnce('The last tenth of the documents against the first, to issue', {
      goal: GOALS.slower,
      figure: last.issueMs / first.issueMs,
      note: `${documents} documents`,
    }),
    seenOnce('Memory from the first tenth to the last', {
      goal: GOALS.growth,
      figure: last.memoryMb - first.memoryMb,
      unit: 'MB',
    }),
  ];
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
