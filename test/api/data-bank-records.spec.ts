import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, startApp, TestClock } from '../support/app.js';
import { makeNetwork, makeSpace } from '../support/make-directory.js';
import type { Agent } from '../support/make-identity.js';
import { importTwoPlaces } from '../support/make-places.js';

const clock = new TestClock();
let app: NestFastifyApplication;
let network: Awaited<ReturnType<typeof makeNetwork>>;
let space: Awaited<ReturnType<typeof makeSpace>>;
beforeAll(async () => {
  app = await startApp({ clock });
});
beforeEach(async () => {
  await emptyDatabase();
  clock.travelTo('2026-12-01T08:00:00Z');
  network = await makeNetwork(app);
  space = await makeSpace(app, { networkId: network.id });
});
afterAll(() => app.close());

const http = () => request(app.getHttpServer());
const importRows = () => importTwoPlaces(app);
const bank = '/v1/data-bank';
const get = async (route: string) => (await http().get(`${bank}/${route}`).expect(200)).body;

const ask = (entryId: string, more: object = {}) => ({
  entryId,
  field: 'city',
  proposed: 'Saint-Martin-de-Crau',
  note: 'It moved last spring.',
  ...more,
});
const putCorrection = (id: string, body: object, agent: Agent = http()) =>
  agent.put(`${bank}/corrections/${id}`).send(body);
const decide = (agent: Agent, id: string, body: object) =>
  agent.put(`${bank}/corrections/${id}/decision`).send(body);

describe('a correction', () => {
  it('that is found true is published with its own provenance; an import does not take it back', async () => {
    const [place] = await importRows();
    const id = newId();
    const asked = await putCorrection(id, ask(place!.id)).expect(200);
    // What anybody wrote is not shown to everybody.
    expect(asked.body).toMatchObject({ state: 'REQUESTED', proposed: null, note: null, mayDecide: false });
    await putCorrection(id, ask(place!.id)).expect(200);
    const decided = await decide(network.admin, id, {
      outcome: 'CORRECTED',
      reason: 'The town confirms it.',
    });
    expect(decided.body).toMatchObject({ state: 'CORRECTED', proposed: 'Saint-Martin-de-Crau' });
    await importRows();
    const entry = await get(`entries/${place!.id}`);
    expect(entry.city).toBe('Saint-Martin-de-Crau');
    expect(entry.provenance.city).toEqual({
      source: 'correction',
      licence: 'Licence Ouverte 2.0',
      asOf: '2026-12-01',
    });
    expect(entry.provenance.name.source).toBe('survey');
    const listed = await get('corrections?state=CORRECTED');
    expect(listed.items[0]).toMatchObject({ reason: 'The town confirms it.', name: place!.name });
  });

  it('of the existence withdraws the record; refused with a reason, it changes nothing', async () => {
    const [first, second] = await importRows();
    const [gone, stays] = [newId(), newId()];
    await putCorrection(gone, ask(first!.id, { field: 'existence', proposed: null })).expect(200);
    await putCorrection(stays, ask(second!.id)).expect(200);
    await decide(network.admin, gone, { outcome: 'WITHDRAWN', reason: 'Closed since May.' }).expect(200);
    await decide(network.admin, stays, { outcome: 'REFUSED', reason: 'It has not moved.' }).expect(200);
    expect((await get('entries?kind=PLACE')).items).toEqual([
      expect.objectContaining({ id: second!.id, city: 'Manosque' }),
    ]);
    const states = (await get('corrections')).items.map((item: { state: string }) => item.state);
    expect(states.toSorted()).toEqual(['REFUSED', 'WITHDRAWN']);
  });

  it('of a space is decided by the space, and by nobody else’s', async () => {
    const id = newId();
    await putCorrection(id, ask(space.id)).expect(200);
    const other = await makeSpace(app, { networkId: network.id });
    const refused = await decide(other.manager, id, { outcome: 'REFUSED', reason: 'No.' }).expect(403);
    expect(refused.body.code).toBe('access.denied');
    await decide(space.manager, id, { outcome: 'CORRECTED', reason: 'Our profile says so now.' }).expect(200);
    const [place] = await importRows();
    const ofPlace = newId();
    await putCorrection(ofPlace, ask(place!.id)).expect(200);
    await decide(space.manager, ofPlace, { outcome: 'REFUSED', reason: 'No.' }).expect(403);
  });

  it('is refused when it was asked before, is decided, answered otherwise, or about nothing', async () => {
    const [place] = await importRows();
    const id = newId();
    await putCorrection(id, ask(place!.id)).expect(200);
    const code = async (answer: request.Test, status: number) => (await answer.expect(status)).body.code;
    expect(await code(putCorrection(newId(), ask(place!.id, { note: 'Me too.' })), 409)).toBe(
      'correction.asked_before',
    );
    expect(await code(putCorrection(id, ask(place!.id, { note: 'Other.' })), 409)).toBe('request.id_reused');
    expect(await code(putCorrection(newId(), ask(newId())), 404)).toBe('data_bank.not_found');
    expect(await code(putCorrection(newId(), ask(place!.id, { proposed: 'lea@example.org' })), 422)).toBe(
      'request.invalid',
    );
    const withdrawn = { outcome: 'WITHDRAWN', reason: 'Gone.' };
    expect(await code(decide(network.admin, id, withdrawn), 422)).toBe('correction.outcome_unfit');
    expect(await code(decide(network.admin, newId(), withdrawn), 404)).toBe('correction.not_found');
    await decide(network.admin, id, { outcome: 'REFUSED', reason: 'No.' }).expect(200);
    await decide(network.admin, id, { outcome: 'REFUSED', reason: 'No.' }).expect(200);
    expect(await code(decide(network.admin, id, { outcome: 'CORRECTED', reason: 'Yes.' }), 409)).toBe(
      'correction.decided',
    );
  });
});

describe('an identity in another system', () => {
  it('finds the space, and makes an imported place and the space one record', async () => {
    await importRows();
    expect((await get('identities/survey/2')).kind).toBe('PLACE');
    await space.manager.put(`${bank}/spaces/${space.id}/identities/survey`).send({ value: '2' }).expect(200);
    expect((await get('identities/survey/2')).id).toBe(space.id);
    expect((await get('entries')).total).toBe(2);
    await importRows();
    expect((await get('entries')).total).toBe(2);
  });

  it('is borne by one space and never changed', async () => {
    const other = await makeSpace(app, { networkId: network.id });
    const say = (of: typeof space, value: string) =>
      of.manager.put(`${bank}/spaces/${of.id}/identities/osm`).send({ value });
    await say(space, 'node/1').expect(200);
    await say(space, 'node/1').expect(200);
    expect((await say(other, 'node/1').expect(409)).body.code).toBe('external_identity.taken');
    expect((await say(space, 'node/2').expect(409)).body.code).toBe('external_identity.fixed');
    const foreign = other.manager.put(`${bank}/spaces/${space.id}/identities/osm`).send({ value: 'node/3' });
    expect((await foreign.expect(403)).body.code).toBe('access.denied');
  });
});

const PROFILE = {
  gettingIn: {
    door: 'Blue',
    bell: null,
    floor: null,
    lift: null,
    phone: '+33 4 00 00 00 00',
    contactName: 'Lina',
  },
  accessibility: {
    stepFree: { value: 'yes', checkedOn: '2026-11-01' },
    lift: { value: null, checkedOn: null },
    toilet: { value: null, checkedOn: null },
    hearingLoop: { value: null, checkedOn: null },
    parking: { value: null, checkedOn: null },
    doorWidthCm: { value: null, checkedOn: null },
  },
  amenities: ['coffee'],
  languages: ['fr'],
  wifi: null,
  houseRules: null,
};

describe('what a space tells of itself', () => {
  it('has a history by days, takes over on its own day what was announced, and names nobody', async () => {
    await space.manager.put(`/v1/spaces/${space.id}/profile`).send(PROFILE).expect(200);
    const later = { ...PROFILE, amenities: ['coffee', 'kitchen'] };
    const announce = (id: string, validFrom: string, profile: object = later) =>
      space.manager.put(`${bank}/spaces/${space.id}/profile-versions/${id}`).send({ validFrom, profile });
    const id = newId();
    await announce(id, '2026-12-10').expect(200);
    await announce(id, '2026-12-10').expect(200);
    const read = () => get(`spaces/${space.id}/profile-versions`);
    const states = async () =>
      (await read()).items.map((item: Record<string, unknown>) => [
        item['validFrom'],
        item['state'],
        item['changed'],
      ]);
    expect(await states()).toEqual([
      ['2026-12-01', 'IN_FORCE', []],
      ['2026-12-10', 'ANNOUNCED', ['amenities']],
    ]);
    // 23:30 in UTC is the next day in Marseille.
    clock.travelTo('2026-12-09T23:30:00Z');
    await app.get(Sweeps).runAll();
    await app.get(Sweeps).runAll();
    expect(await states()).toEqual([
      ['2026-12-01', 'PAST', []],
      ['2026-12-10', 'IN_FORCE', ['amenities']],
    ]);
    const { body } = await http().get(`/v1/spaces/${space.id}`).expect(200);
    expect(body.profile.amenities).toEqual(['coffee', 'kitchen']);
    expect(JSON.stringify(await read())).not.toMatch(/Lina|\+33|person:/);
    const own = await space.manager.get(`${bank}/spaces/${space.id}/profile-versions`).expect(200);
    expect(own.body.items[0].writtenBy).toMatch(/^person:/);
    const code = async (answer: request.Test, status: number) => (await answer.expect(status)).body.code;
    expect(await code(announce(newId(), '2026-12-10'), 422)).toBe('profile_version.not_later');
    await announce(newId(), '2026-12-20').expect(200);
    expect(await code(announce(newId(), '2026-12-20'), 409)).toBe('profile_version.day_taken');
    expect(await code(announce(id, '2026-12-21'), 409)).toBe('request.id_reused');
  });
});
