import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql, type TestClock } from '../support/app.js';
import { deliverAll } from '../support/deliver.js';
import { giveAccount, makeCalledMonth, proposeBatch } from '../support/make-banking.js';
import { lastMail, makePerson, type Agent } from '../support/make-identity.js';
import type { SpaceParty } from '../support/make-settlement.js';

let app: NestFastifyApplication;
let month: Awaited<ReturnType<typeof makeCalledMonth>>;
let manager: { agent: Agent; email: string };
let other: { agent: Agent; email: string };

/** A month of visits that was closed: every space has earned something in November. */
beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  month = await makeCalledMonth(app);
  manager = await managerOf(month.parties.MRS);
  other = await managerOf(month.parties.BCN);
  await deliverAll(app);
});
afterAll(() => app.close());

const managerOf = ({ operatorId }: SpaceParty) =>
  makePerson(app, { grants: [{ organisationId: operatorId, role: 'space_manager' }] });
const onDay = async (day: string) => {
  app.get<TestClock>(Clock).travelTo(`${day}T08:00:00Z`);
  await app.get(Sweeps).runAll();
  await deliverAll(app);
};
const seller = async ({ operatorId }: SpaceParty) =>
  (await month.treasurer.get(`/v1/sellers?operatorId=${operatorId}`).expect(200)).body.items[0];
const lettersTo = ({ email }: { email: string }) =>
  ownerSql<{ subject: string }>(
    `SELECT subject FROM platform.mails WHERE to_address = $1 AND text LIKE '%DAC7%' ORDER BY id`,
    [email],
  );
const profile = (party: SpaceParty, over: object = {}) => ({
  operatorId: party.operatorId,
  isPublicBody: false,
  legalName: 'Atelier du Port SCIC',
  street: '1 quai du Port',
  postcode: '13002',
  city: 'Marseille',
  country: 'FR',
  tin: '404833048',
  tinCountry: 'FR',
  vatNumber: 'FR 83 404833048',
  registrationNumber: '404 833 048 RCS Marseille',
  account: 'FR14 2004 1010 0505 0001 3M02 606',
  properties: [
    {
      spaceId: party.id,
      street: '1 quai du Port',
      postcode: '13002',
      city: 'Marseille',
      country: 'FR',
      landRegistration: null,
    },
  ],
  ...over,
});
const declare = (agent: Agent, body: object, id = newId()) =>
  agent.put(`/v1/seller-profiles/${id}`).send(body);

describe('a seller', () => {
  it('is whoever has supplied something, and is asked by letter for what is missing, once', async () => {
    await onDay('2026-12-01');
    await app.get(Sweeps).runAll();
    const found = await seller(month.parties.MRS);
    expect(found).toMatchObject({ state: 'INCOMPLETE', firstSupplyDay: '2026-11-02', profile: null });
    expect(found.missing).toEqual(expect.arrayContaining(['tin', `property:${month.parties.MRS.id}`]));
    expect(found.letters).toMatchObject([{ number: 1 }]);
    expect(await lettersTo(manager)).toEqual([{ subject: 'MRS: data for the yearly report' }]);
    expect((await lastMail(manager.email))!.text).toContain(`/network/${month.networkId}/duties`);
  });

  it('declares itself, with numbers that can be right, and is whole', async () => {
    const { MRS } = month.parties;
    const badAccount = await declare(manager.agent, profile(MRS, { account: 'FR1420041010050500013M02607' }));
    expect([badAccount.status, badAccount.body.code]).toEqual([422, 'seller.bad_account']);
    const badVat = await declare(manager.agent, profile(MRS, { vatNumber: 'FR84404833048' }));
    expect([badVat.status, badVat.body.code]).toEqual([422, 'seller.bad_vat_number']);
    const id = newId();
    const { body } = await declare(manager.agent, profile(MRS), id).expect(200);
    expect(body).toMatchObject({ state: 'COMPLETE', missing: [] });
    expect(body.profile).toMatchObject({
      account: 'FR1420041010050500013M02606',
      vatNumber: 'FR83404833048',
    });
    const reused = await declare(manager.agent, profile(MRS, { city: 'Aix' }), id).expect(409);
    expect(reused.body.code).toBe('request.id_reused');
  });

  it('is seen and declared by those who answer for it alone', async () => {
    const { MRS, BCN } = month.parties;
    expect((await declare(other.agent, profile(MRS)).expect(403)).body.code).toBe('access.denied');
    const foreign = await other.agent.get(`/v1/sellers?operatorId=${MRS.operatorId}`).expect(403);
    expect(foreign.body.code).toBe('access.denied');
    await other.agent.get(`/v1/sellers?operatorId=${BCN.operatorId}`).expect(200);
    const none = await month.treasurer.get(`/v1/sellers?operatorId=${month.networkId}`).expect(404);
    expect(none.body.code).toBe('seller.not_found');
    const all = await month.treasurer.get(`/v1/sellers?networkId=${month.networkId}`).expect(200);
    expect(all.body.items).toHaveLength(5);
  });

  it('that is a public body is none to report', async () => {
    const { LEC } = month.parties;
    const { body } = await declare(month.treasurer, profile(LEC, { isPublicBody: true, tin: null })).expect(
      200,
    );
    expect(body).toMatchObject({ state: 'EXCLUDED', exclusion: 'PUBLIC_BODY', missing: [] });
  });

  it('that stays silent for two reminders and sixty days is restricted, told why, and free once it answers', async () => {
    for (const day of ['2026-12-16', '2026-12-31', '2027-01-29']) await onDay(day);
    const asked = await seller(month.parties.BCN);
    expect(asked.letters.map(({ number }: { number: number }) => number)).toEqual([1, 2, 3]);
    expect(asked.restriction).toBeNull();
    await onDay('2027-01-30');
    const { restriction } = await seller(month.parties.BCN);
    expect(restriction).toMatchObject({ reason: 'SELLER_DATA_MISSING', liftedAt: null });
    expect(restriction.facts).toContain('tin');
    const mail = await lastMail(other.email);
    expect(mail!.text).toContain('2021/514');
    expect(mail!.text).toContain(restriction.facts);
    expect((await seller(month.parties.MRS)).restriction).toBeNull();
    await onDay('2027-02-10');
    expect(await lastMail(other.email)).toEqual(mail); // once
    const { body } = await declare(other.agent, profile(month.parties.BCN)).expect(200);
    expect(body).toMatchObject({ state: 'COMPLETE', restriction: null });
  });
});

it('a restricted seller is paid by no batch; the others are', async () => {
  // Lecce owes Marseille 58.00 and Athens 18.00, and Athens has stayed silent
  for (const name of ['LEC', 'MRS'] as const) await giveAccount(month, name);
  const id = await proposeBatch(month);
  const { body } = await month.treasurer.get(`/v1/payment-batches/${id}`).expect(200);
  expect(body.payments).toMatchObject([{ payee: { name: 'MRS' }, amount: { minor: 5_800 } }]);
});

describe('a restriction', () => {
  const order = () => ({
    operatorId: month.parties.RJK.operatorId,
    reason: 'TERMS_BROKEN',
    facts: 'Guests were turned away three times.',
    provision: 'Charter, article 4',
  });

  it('gives its reasons, stays what it is, and can be lifted', async () => {
    const id = newId();
    const put = () => month.treasurer.put(`/v1/seller-restrictions/${id}`).send(order());
    const { body } = await put().expect(200);
    expect(body).toMatchObject({ ...order(), liftedAt: null });
    expect((await put().expect(200)).body).toEqual(body);
    const edited = await month.treasurer
      .put(`/v1/seller-restrictions/${id}`)
      .send({ ...order(), facts: 'Something else.' })
      .expect(409);
    expect(edited.body.code).toBe('request.id_reused');
    expect((await seller(month.parties.RJK)).restriction.id).toBe(id);
    const lifted = await month.treasurer.delete(`/v1/seller-restrictions/${id}`).expect(200);
    expect(lifted.body.liftedAt).not.toBeNull();
    expect((await seller(month.parties.RJK)).restriction?.id).not.toBe(id);
    const { items } = (
      await month.treasurer.get(`/v1/seller-restrictions?networkId=${month.networkId}`).expect(200)
    ).body;
    expect(items.map((one: { id: string }) => one.id)).toContain(id);
  });

  it('is for whoever keeps the network’s money', async () => {
    const put = manager.agent.put(`/v1/seller-restrictions/${newId()}`).send(order());
    expect((await put.expect(403)).body.code).toBe('access.denied');
    const gone = await month.treasurer.delete(`/v1/seller-restrictions/${newId()}`).expect(404);
    expect(gone.body.code).toBe('restriction.not_found');
  });
});

describe('the yearly report', () => {
  const path = (rest = '') => `/v1/seller-reports/2026${rest}?networkId=${month.networkId}`;

  it('tells what each space earned per quarter, and who is missing from it', async () => {
    const { MRS } = month.parties;
    const { body } = await month.treasurer.get(path()).expect(200);
    expect(body).toMatchObject({ dueDay: '2027-01-31', isReporterKnown: false });
    const told = body.sellers.find((one: { operatorId: string }) => one.operatorId === MRS.operatorId);
    // BCN stayed four days at 20.00 and LEC five, on five days in all
    expect(told.listings).toEqual([
      {
        spaceId: MRS.id,
        name: 'MRS',
        unit: 'EUR',
        consideration: [0, 0, 0, 18_000],
        fees: [0, 0, 0, 0],
        visits: [0, 0, 0, 9],
        days: 5,
      },
    ]);
    expect(body.incomplete.map(({ name }: { name: string }) => name)).toEqual(['ATH', 'RJK']);
    expect(body.excluded).toMatchObject([{ name: 'LEC', exclusion: 'PUBLIC_BODY' }]);
  });

  it('is a file in the form of the schema, once the network has said who it is', async () => {
    const early = await month.treasurer.get(path('/file')).expect(409);
    expect(early.body.code).toBe('seller_report.operator_unknown');
    const entity = {
      partyId: month.networkId,
      legalName: 'Escale Méditerranée & Amis',
      street: '2 rue de la République',
      postcode: '13001',
      city: 'Marseille',
      country: 'FR',
      email: null,
      registrationNumber: null,
      registrationScheme: null,
      taxNumber: '552100554',
      endpoint: null,
      endpointScheme: null,
      buyerReference: null,
      orderNumber: null,
      language: 'fr',
      isPublicBody: false,
      fromDay: '2026-01-01',
    };
    await month.treasurer.put(`/v1/legal-entities/${newId()}`).send(entity).expect(200);
    const { text, headers } = await month.treasurer.get(path('/file')).buffer(true).expect(200);
    expect(headers['content-disposition']).toContain('dac7-2026.xml');
    expect(text).toContain('<dpi:Name>Escale Méditerranée &amp; Amis</dpi:Name>');
    expect(text).toContain('<dpi:ReportingPeriod>2026-12-31</dpi:ReportingPeriod>');
    expect(text).toContain('<dpi:ConsQ4 currCode="EUR">180</dpi:ConsQ4>');
    expect(text).toContain('<dpi:TIN issuedBy="FR">404833048</dpi:TIN>');
    expect(text.match(/<dpi:ReportableSeller>/g)).toHaveLength(2);
    expect(text).toContain('not in this file: 2');
    const refs = [...text.matchAll(/<stf:DocRefId>(.+)<\/stf:DocRefId>/g)].map(([, ref]) => ref);
    expect(new Set(refs).size).toBe(3);
  });
});

it('what an issuer sells in twelve months is counted, and told from eighty in a hundred on, once', async () => {
  const treasurer = await makePerson(app, {
    grants: [{ organisationId: month.networkId, role: 'network_treasurer' }],
  });
  const volume = async () =>
    (await month.treasurer.get(`/v1/limited-network-volumes?networkId=${month.networkId}`).expect(200)).body
      .items[0];
  const sell = (minor: number, at: string) =>
    tamperingSql(
      `INSERT INTO vat.vouchers (pass_id, network_id, person_id, character, price_minor, price_unit, half_days, inputs,
         decision, created_at) VALUES ($1, $2, $1, 'MULTI_PURPOSE', $3, 'EUR', 20, '{}', '{}', $4)`,
      [newId(), month.networkId, minor, at],
    );
  await sell(90_000_000, '2026-01-01T00:00:00Z'); // more than twelve months ago
  await sell(79_000_000, '2026-12-01T00:00:00Z');
  await onDay('2027-03-01');
  expect(await volume()).toMatchObject({ level: 'BELOW', percent: 79, warnedOn: null });
  await sell(2_000_000, '2027-02-01T00:00:00Z');
  await onDay('2027-03-02');
  expect(await volume()).toMatchObject({ level: 'NEAR', percent: 81, warnedOn: '2027-03-02' });
  await onDay('2027-03-03');
  const mails = await ownerSql('SELECT id FROM platform.mails WHERE to_address = $1 AND text LIKE $2', [
    treasurer.email,
    '%2015/2366%',
  ]);
  expect(mails).toHaveLength(1);
});

it('how long records are kept is told to everybody who signed in, with its source', async () => {
  const { agent } = await makePerson(app);
  const { body } = await agent.get('/v1/retention-rules?country=FR').expect(200);
  expect(body.items[0]).toMatchObject({
    record: 'DOCUMENT',
    years: 10,
    ref: 'Code de commerce, art. L123-22',
  });
});
