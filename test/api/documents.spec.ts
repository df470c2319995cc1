import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Billing, Receipts } from '../../src/billing/index.js';
import { newId } from '../../src/kernel/ids.js';
import { LANGUAGES } from '../../src/kernel/wire.js';
import { Clock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { namedScope } from '../../src/platform/scope.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql, type TestClock } from '../support/app.js';
import { brokenRules } from '../support/en16931-rules.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import { makePass } from '../support/make-passes.js';
import { deliverEvents, makeTreasurersMonth, type SpaceParty } from '../support/make-settlement.js';

const clearing = namedScope('clearing');
let app: NestFastifyApplication;
let month: Awaited<ReturnType<typeof makeTreasurersMonth>>;
let manager: Agent;
type Listed = { id: string; number: string; kind: string; issuer: { id: string }; recipient: { id: string } };
let documents: Listed[];

const entity = (partyId: string) => ({
  partyId,
  legalName: 'Atelier du Port SCIC',
  street: '1 quai du Port',
  postcode: '13002',
  city: 'Marseille',
  country: 'FR',
  email: null,
  registrationNumber: '404833048',
  registrationScheme: '0002',
  taxNumber: null,
  endpoint: '40483304800010',
  endpointScheme: '0009',
  buyerReference: 'SERVICE-12',
  orderNumber: 'PO-2026-7',
  language: 'fr',
  isPublicBody: false,
  fromDay: '2026-01-01',
});
const declareVat = (agent: Agent, partyId: string) =>
  agent
    .put(`/v1/vat-statuses/${newId()}`)
    .send({ partyId, status: 'STANDARD', vatNumber: 'FR83404833048', exNumber: null, fromDay: '2026-01-01' })
    .expect(200);

/** MRS is on file and self-billed, BCN is on file, ATH declared nothing. */
beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  month = await makeTreasurersMonth(app);
  const { MRS, BCN } = month.parties;
  const grants = [{ organisationId: MRS.operatorId, role: 'space_manager' as const }];
  manager = (await makePerson(app, { grants })).agent;
  for (const { id } of [MRS, BCN]) {
    await month.treasurer.put(`/v1/legal-entities/${newId()}`).send(entity(id)).expect(200);
    await declareVat(month.treasurer, id);
  }
  const agreement = { partyId: MRS.id, acceptanceDays: 10, fromDay: '2026-11-01', untilDay: '2027-10-31' };
  await manager.put(`/v1/self-billing-agreements/${newId()}`).send(agreement).expect(200);
  await month.treasurer.put(`/v1/windows/${month.windowId}/closure`).expect(200);
  await deliverEvents(app);
  documents = (await month.treasurer.get(`/v1/documents?networkId=${month.networkId}`).expect(200)).body
    .items;
});
afterAll(() => app.close());

const between = (issuer: SpaceParty, recipient: SpaceParty) =>
  documents.find((one) => one.issuer.id === issuer.id && one.recipient.id === recipient.id)!;
const broken = () => app.get(Db).read(clearing, (on) => app.get(Billing).brokenChains(on));

describe('an invoice between two parties on file', () => {
  it('is an e-invoice in both syntaxes, and breaks no rule', async () => {
    const { MRS, BCN } = month.parties;
    const { id, number } = between(BCN, MRS);
    const ubl = await month.treasurer.get(`/v1/documents/${id}/ubl`).buffer(true).expect(200);
    expect(brokenRules(ubl.text)).toEqual([]);
    expect(ubl.text).toContain('<cbc:InvoiceTypeCode>380<');
    expect(ubl.text).toContain('<cbc:BuyerReference>SERVICE-12<');
    const cii = await month.treasurer.get(`/v1/documents/${id}/cii`).buffer(true).expect(200);
    expect(cii.text).toContain(`<ram:ID>${number}<`);
  });

  it('is a PDF that carries its own data', async () => {
    const { MRS, BCN } = month.parties;
    const { id, number } = between(BCN, MRS);
    const { body } = await month.treasurer.get(`/v1/documents/${id}/pdf`).expect(200);
    const text = Buffer.from(body).toString('latin1');
    expect(text.startsWith('%PDF')).toBe(true);
    expect(text).toContain('/AFRelationship /Alternative');
    expect(text).toContain('<fx:ConformanceLevel>EN 16931<');
    const folder = mkdtempSync(path.join(tmpdir(), 'escale-pdf-'));
    const file = path.join(folder, 'invoice.pdf');
    writeFileSync(file, body);
    try {
      execFileSync('pdfdetach', ['-saveall', '-o', folder, file], { stdio: 'pipe' });
    } catch {
      console.warn(
        'SKIPPED: pdfdetach (poppler-utils) is not installed: the XML is not taken out of the PDF again',
      );
      return;
    }
    const xml = readFileSync(path.join(folder, 'factur-x.xml'), 'utf8');
    expect(xml).toContain(`<ram:ID>${number}<`);
    expect(xml).toContain('<ram:DuePayableAmount>');
  });

  it('says on the document why its VAT is what it is', async () => {
    const { MRS, BCN } = month.parties;
    const { body } = await month.treasurer.get(`/v1/documents/${between(BCN, MRS).id}`).expect(200);
    expect(body.vatDecision.decision).toMatchObject({ category: 'AE', mention: 'REVERSE_CHARGE' });
    expect(body.vatDecision.decision.why.map(({ rule }: { rule: string }) => rule)).toContain(
      'network.party_rules',
    );
    expect(body.vatDecision.inputs).toMatchObject({ supplier: { country: 'FR', status: 'STANDARD' } });
  });
});

it('what a party has not declared is named when its document is asked for as data', async () => {
  const { BCN, ATH } = month.parties;
  const { id } = between(ATH, BCN);
  const { body } = await month.treasurer.get(`/v1/documents/${id}/ubl`).expect(409);
  expect(body).toMatchObject({ code: 'document.not_electronic' });
  expect(body.missing).toContain('seller.registration');
  await month.treasurer.get(`/v1/documents/${id}/pdf`).expect(200); // on paper it is what it always was
});

describe('a self-billed invoice', () => {
  it('has a series of its own, says what it is, and waits for acceptance', async () => {
    const { MRS, BCN, RJK } = month.parties;
    const { id, number } = between(MRS, BCN);
    expect(number).toBe('MRS-S-2026-000001');
    const ubl = await month.treasurer.get(`/v1/documents/${id}/ubl`).buffer(true).expect(200);
    expect(ubl.text).toContain('<cbc:InvoiceTypeCode>389<');
    expect(ubl.text).toContain('<cbc:Note>Autofacturation<');
    const first = await manager.put(`/v1/documents/${id}/acceptance`).expect(200);
    expect(first.body).toMatchObject({ documentId: id, kind: 'EXPLICIT' });
    expect((await manager.put(`/v1/documents/${id}/acceptance`).expect(200)).body).toEqual(first.body);
    expect(between(RJK, month.parties.LEC).number).toMatch(/^RJK-2026-/);
  });

  it('is accepted by silence after the days agreed', async () => {
    const { MRS, LEC } = month.parties;
    const clock = app.get<TestClock>(Clock);
    clock.travelTo('2026-12-12T08:00:00Z');
    await app.get(Sweeps).runAll();
    const { body } = await month.treasurer.get(`/v1/documents/${between(MRS, LEC).id}`).expect(200);
    expect(body).toMatchObject({ selfBilled: true, acceptedAt: '2026-12-12T08:00:00Z' });
    clock.travelTo('2026-12-01T08:00:00Z');
  });

  it('is the only kind that can be accepted, by its issuer alone', async () => {
    const { BCN, MRS } = month.parties;
    const other = await month.treasurer.put(`/v1/documents/${between(BCN, MRS).id}/acceptance`).expect(409);
    expect(other.body.code).toBe('document.not_self_billed');
    expect(
      (await manager.put(`/v1/documents/${between(BCN, MRS).id}/acceptance`).expect(403)).body.code,
    ).toBe('access.denied');
    expect((await manager.put(`/v1/documents/${newId()}/acceptance`).expect(404)).body.code).toBe(
      'document.not_found',
    );
  });
});

describe('what is on file', () => {
  it('is kept as it was declared, once a day', async () => {
    const { MRS } = month.parties;
    const { items } = (await manager.get(`/v1/legal-entities?partyId=${MRS.id}`).expect(200)).body;
    expect(items).toHaveLength(1);
    const again = await manager.put(`/v1/legal-entities/${newId()}`).send(entity(MRS.id)).expect(409);
    expect(again.body.code).toBe('legal_entity.day_taken');
    const edited = { ...entity(MRS.id), city: 'Aix' };
    const reused = await manager.put(`/v1/legal-entities/${items[0].id}`).send(edited).expect(409);
    expect(reused.body.code).toBe('request.id_reused');
    const agreements = await manager.get(`/v1/self-billing-agreements?partyId=${MRS.id}`).expect(200);
    expect(agreements.body.items[0]).toMatchObject({ acceptanceDays: 10, untilDay: '2027-10-31' });
  });
});

describe('a receipt for a person', () => {
  it.each(LANGUAGES)('is a PDF in %s, holds its VAT, and is theirs alone', async (language) => {
    const nomad = await makePerson(app);
    const stranger = await makePerson(app);
    const spaceIds = [month.parties.MRS.id, month.parties.BCN.id];
    const pass = await makePass(app, {
      networkId: month.networkId,
      personId: nomad.id,
      scope: { networkIds: [], spaceIds, resourceKinds: ['hot_desk'] },
    });
    const id = newId();
    const order = {
      id,
      networkId: month.networkId,
      personId: nomad.id,
      personName: nomad.name,
      language,
      title: 'Ten days',
      gross: { unit: 'EUR' as const, minor: 15_000n },
      of: { passId: pass.id },
    };
    for (let turn = 0; turn < 2; turn += 1)
      // the second time changes nothing
      await app.get(Db).tx(clearing, (tx) => app.get(Receipts).issue(tx, order));
    const { items } = (await nomad.agent.get('/v1/receipts').expect(200)).body;
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      id,
      kind: 'RECEIPT',
      paid: { unit: 'EUR', minor: 15_000 },
      title: 'Ten days',
    });
    expect(items[0].vat.minor).toBe(2500); // one country, one rate: within the price
    const pdf = await nomad.agent.get(`/v1/receipts/${id}/pdf`).expect(200);
    expect(Buffer.from(pdf.body).toString('latin1').startsWith('%PDF')).toBe(true);
    expect((await stranger.agent.get(`/v1/receipts/${id}/pdf`).expect(404)).body.code).toBe(
      'document.not_found',
    );
    expect((await stranger.agent.get('/v1/receipts').expect(200)).body.items).toEqual([]);
  });
});

it('a document that somebody changed past the rules is found, and everything else is whole', async () => {
  expect(await broken()).toEqual([]);
  const { id, number } = between(month.parties.MRS, month.parties.BCN);
  await expect(ownerSql(`UPDATE billing.documents SET net_minor = 1 WHERE id = $1`, [id])).rejects.toThrow(
    'append',
  );
  await tamperingSql(
    `UPDATE billing.documents SET content = jsonb_set(content, '{payableMinor}', '1') WHERE id = $1`,
    [id],
  );
  expect(await broken()).toEqual([{ number }]);
});
