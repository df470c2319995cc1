/**
 * Documents issued one after another: number, VAT, content and hash in a transaction, then UBL, CII and the PDF that
 * carries its data. Time per document, how it grows with their number, and memory from the first part to the last.
 *
 * DOCUMENTS=10000 npm run bench -- documents
 */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { AppModule } from '../dist/src/app.module.js';
import { DOCUMENT_SOURCE, paperOf } from '../dist/src/billing/document-pdf.js';
import { ciiOf } from '../dist/src/billing/en16931/cii.js';
import { facturX } from '../dist/src/billing/en16931/factur-x.js';
import { ublOf } from '../dist/src/billing/en16931/ubl.js';
import { Billing, Receipts } from '../dist/src/billing/index.js';
import { newId } from '../dist/src/kernel/ids.js';
import { Temporal } from '../dist/src/kernel/time.js';
import { readConfig } from '../dist/src/platform/config.js';
import { Db } from '../dist/src/platform/db.js';
import { Pdf } from '../dist/src/platform/pdf/pdf.js';
import { namedScope } from '../dist/src/platform/scope.js';
import { startServer } from './server.mjs';
import { makeNetworks } from './settlement-scene.mjs';

const DOCUMENTS = Number(process.env.DOCUMENTS ?? 1_000);
const PARTS = 10;
const GROWTH_MB_MAX = 50;
const CLEARING = namedScope('clearing');
const VAT = {
  day: '2026-01-15',
  supplier: { country: 'FR', territoryCode: null, status: 'STANDARD' },
  customer: { kind: 'CONSUMER', country: 'FR' },
  resourceKind: 'hot_desk',
};

export async function run() {
  const server = await startServer();
  const owner = new pg.Client({ connectionString: server.url });
  await owner.connect();
  const config = readConfig({ DATABASE_URL: server.url, MASTER_KEY: server.masterKey, DEMO: 'false' });
  const app = await NestFactory.createApplicationContext(AppModule.with(config), { logger: ['error'] });
  try {
    const scene = await makeScene(owner);
    await issue(app, owner, scene, 20); // what is done once is done
    const parts = [];
    for (let part = 1; part <= PARTS; part += 1) {
      const made = await issue(app, owner, scene, Math.round(DOCUMENTS / PARTS));
      parts.push(made);
      console.log(
        `part ${part} of ${PARTS}: ${made.issueMs.toFixed(1)} ms to issue, ${made.paperMs.toFixed(1)} ms for XML and PDF, ${made.memoryMb} MB`,
      );
    }
    const gaps = await app.get(Db).read(CLEARING, (on) => app.get(Billing).seriesWithGaps(on));
    return conclude(parts, gaps);
  } finally {
    await app.close();
    await owner.end();
    await server.stop();
  }
}

async function makeScene(owner) {
  const [{ id: networkId }] = await makeNetworks(owner, 5);
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

function conclude(parts, gaps) {
  const [first, last] = [parts[0], parts.at(-1)];
  const slope = last.issueMs / first.issueMs;
  const growth = last.memoryMb - first.memoryMb;
  const mean = parts.reduce((sum, { issueMs, paperMs }) => sum + issueMs + paperMs, 0) / parts.length;
  console.log(
    `${DOCUMENTS} documents: ${mean.toFixed(1)} ms each; the last part took ${slope.toFixed(2)} × the first to issue`,
  );
  console.log(
    `memory ${growth >= 0 ? '+' : ''}${growth} MB from the first part to the last (goal < +${GROWTH_MB_MAX})`,
  );
  console.log(gaps.length === 0 ? 'no series has a gap' : `GAPS: ${JSON.stringify(gaps)}`);
  return gaps.length === 0 && growth < GROWTH_MB_MAX ? 0 : 1;
}

async function timed(work) {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
