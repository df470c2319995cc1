import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import request from 'supertest';
import { EMPTY_PROFILE } from '../../src/directory/index.js';
import { newId } from '../../src/kernel/ids.js';
import { LETTER_SOURCE, letterLanguages, letterPart } from '../../src/bookings/invitation-letter.js';
import { Clock } from '../../src/platform/clock.js';
import { Pdf } from '../../src/platform/pdf/pdf.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { deliverAll } from '../support/deliver.js';
import {
  cancel,
  codeOf,
  makeBooking,
  makeMember,
  makeScene,
  type Nomad,
  type Scene,
} from '../support/make-bookings.js';
import { makePerson, type Agent } from '../support/make-identity.js';

const NOW = '2026-12-01T08:00:00Z';
let app: NestFastifyApplication;
let clock: TestClock;
let scene: Scene;
let nomad: Nomad;
let other: Nomad;
let manager: { id: string; agent: Agent };
let booking: { id: string };

beforeAll(async () => {
  app = await startApp({ settings: { DEMO: 'true' } });
  clock = app.get(Clock) as TestClock;
  clock.travelTo(NOW);
  await emptyDatabase();
  scene = await makeScene(app);
  const grants = [{ organisationId: scene.host.operatorId, role: 'space_manager' as const }];
  manager = await makePerson(app, { name: 'Camille Roux', grants });
  const gettingIn = { ...EMPTY_PROFILE.gettingIn, door: 'The blue door', contactName: 'Fatima Zahra' };
  await manager.agent
    .put(`/v1/spaces/${scene.host.spaceId}/profile`)
    .send({ ...EMPTY_PROFILE, gettingIn })
    .expect(200);
});
beforeEach(async () => {
  clock.travelTo(NOW);
  nomad = await makeMember(app, scene.home);
  other = await makeMember(app, scene.home);
  booking = await makeBooking(nomad, { poolId: scene.host.poolId, day: '2026-12-03' });
});
afterAll(() => app.close());

const textOf = async (path: string, agent: Pick<Agent, 'get'> = nomad.agent) => {
  const { text } = await agent
    .get(path)
    .expect(200)
    .expect('content-type', /text\/calendar/);
  return text;
};
const summaries = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as string)
    .getAllSubcomponents('vevent')
    .map((event) => new ICAL.Event(event).summary);

describe('a calendar', () => {
  it('of one booking is for its guest and its host, and follows what becomes of it', async () => {
    const path = `/v1/bookings/${booking.id}/calendar.ics`;
    const before = await textOf(path);
    expect(before).toContain('DTSTART;TZID=Europe/Paris:20261203T090000');
    expect(before).toMatch(/SEQUENCE:0\r\n/);
    expect(await codeOf(other.agent.get(path).expect(404))).toBe('booking.not_found');
    clock.travelTo('2026-12-01T09:00:00Z');
    await cancel(nomad, booking.id).expect(200);
    const after = await textOf(path);
    expect(after).toMatch(/STATUS:CANCELLED/);
    expect(after).toMatch(/SEQUENCE:3601\r\n/);
  });

  it('feed is read under a secret address by whoever has it, until it is revoked', async () => {
    const id = newId();
    const put = () => nomad.agent.put(`/v1/calendar-feeds/${id}`).send({ spaceId: null });
    const { body } = await put().expect(200);
    const { pathname } = new URL(body.url);
    expect((await put().expect(200)).body).toEqual({ ...body, url: null });
    const strangersProgram = request(app.getHttpServer());
    const text = await textOf(pathname, strangersProgram);
    expect(summaries(text)).toEqual(['Atelier du Vieux-Port, Marseille']);
    expect(
      Object.values(nodeIcal.sync.parseICS(text)).filter((part) => part?.type === 'VEVENT'),
    ).toHaveLength(1);
    const rows = await ownerSql<{ all: string }>(
      'SELECT feeds::text AS all FROM bookings.calendar_feeds feeds',
    );
    expect(rows.some(({ all }) => all.includes(pathname.slice(14, -4)))).toBe(false);
    expect(
      await codeOf(other.agent.put(`/v1/calendar-feeds/${id}`).send({ spaceId: null }).expect(409)),
    ).toBe('request.id_reused');
    expect(await codeOf(other.agent.delete(`/v1/calendar-feeds/${id}`).expect(404))).toBe(
      'calendar.not_found',
    );
    expect((await nomad.agent.get('/v1/calendar-feeds').expect(200)).body.items).toHaveLength(1);
    expect((await nomad.agent.delete(`/v1/calendar-feeds/${id}`).expect(200)).body.revokedAt).toBe(NOW);
    expect(await codeOf(strangersProgram.get(pathname).expect(404))).toBe('calendar.not_found');
  });

  it('feed of a space says that desks are taken, and nothing of who sits there', async () => {
    const feed = (agent: Agent) =>
      agent.put(`/v1/calendar-feeds/${newId()}`).send({ spaceId: scene.host.spaceId });
    expect(await codeOf(feed(nomad.agent).expect(403))).toBe('access.denied');
    const { body } = await feed(manager.agent).expect(200);
    const text = await textOf(new URL(body.url).pathname, request(app.getHttpServer()));
    expect(summaries(text)).toContain('Open space');
    expect(text).not.toMatch(/Inès|Trabelsi|example\.org/);
  });
});

describe('messages about a booking', () => {
  const write = (agent: Agent, text: string, id = newId(), bookingId = booking.id) =>
    agent.put(`/v1/messages/${id}`).send({ bookingId, text });
  const thread = async (agent: Agent) =>
    (await agent.get(`/v1/bookings/${booking.id}/messages`).expect(200)).body.items;

  it('go both ways, in order, and are never changed', async () => {
    const id = newId();
    const { body } = await write(nomad.agent, 'Is there a lift?', id).expect(200);
    expect(body).toMatchObject({ side: 'GUEST', authorFirstName: 'Inès', readAt: null });
    expect((await write(nomad.agent, 'Is there a lift?', id).expect(200)).body).toEqual(body);
    expect(await codeOf(write(nomad.agent, 'Is there a shower?', id).expect(409))).toBe('request.id_reused');
    clock.travelTo('2026-12-01T08:05:00Z');
    await manager.agent.put(`/v1/bookings/${booking.id}/read-mark`).expect(200);
    await write(manager.agent, 'Yes.\nOn the left.').expect(200);
    expect(await thread(nomad.agent)).toMatchObject([
      { text: 'Is there a lift?', readAt: '2026-12-01T08:05:00Z' },
      { text: 'Yes.\nOn the left.', side: 'HOST', authorFirstName: 'Camille', readAt: null },
    ]);
    await expect(ownerSql(`UPDATE bookings.messages SET text = ''`)).rejects.toThrow('append');
  });

  it('are between the guest and the space alone, while the thread is open', async () => {
    expect(await codeOf(write(other.agent, 'Hello').expect(404))).toBe('booking.not_found');
    expect(await codeOf(other.agent.get(`/v1/bookings/${booking.id}/messages`).expect(404))).toBe(
      'booking.not_found',
    );
    expect(await codeOf(write(nomad.agent, 'a\u0007b').expect(422))).toBe('request.invalid');
    clock.travelTo('2027-01-10T08:00:00Z');
    expect(await codeOf(write(nomad.agent, 'My charger?').expect(409))).toBe('message.closed');
  });

  it('cannot flood the other side', async () => {
    const answers = await Promise.all(
      Array.from({ length: 22 }, (_, number) => write(nomad.agent, `${number}`)),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
  });

  it('are announced by mail without a word of them in events or mails', async () => {
    await write(nomad.agent, 'Albatross').expect(200);
    await deliverAll(app);
    const [mail] = await ownerSql<{ subject: string; text: string }>(
      'SELECT subject, text FROM platform.mails WHERE person_id = $1 ORDER BY id DESC LIMIT 1',
      [manager.id],
    );
    expect(mail!.subject).toBe('New message: Atelier du Vieux-Port, 2026-12-03');
    const all = await ownerSql<{ all: string }>(
      'SELECT outbox::text AS all FROM platform.outbox UNION ALL SELECT mails::text FROM platform.mails',
    );
    expect(all.some((row) => row.all.includes('Albatross'))).toBe(false);
  });
});

describe('a mail about a booking', () => {
  type Stored = { id: string; subject: string; text: string; html: string; attachments: string[] };
  const mails = async (personId = nomad.id) => {
    await deliverAll(app);
    return ownerSql<Stored>(
      `SELECT id, subject, text, html, ARRAY(SELECT name FROM platform.mail_attachments WHERE mail_id = mails.id) AS attachments
         FROM platform.mails WHERE person_id = $1 ORDER BY id`,
      [personId],
    );
  };

  it('names whom to ask for, the way in, the time there, and carries the booking as a calendar', async () => {
    const [mail] = await mails();
    expect(mail!.subject).toBe('Booked: Atelier du Vieux-Port, 2026-12-03');
    expect(mail!.text).toMatch(/Ask for: Fatima\n.*The blue door/);
    expect(mail!.text).toContain('Thursday, 3 December 2026');
    expect(mail!.text).toContain('09:00–18:00');
    expect(mail!.text).toContain(`/me/bookings/${booking.id}`);
    expect(mail!.html).toMatch(/<html[^>]*dir="ltr"[^>]*lang="en"/);
    const served = request(app.getHttpServer());
    const preview = await served.get(`/v1/mails/${mail!.id}/preview`).expect(200);
    expect(preview.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
    expect(preview.text).toBe(mail!.html);
    const file = await served.get(`/v1/mails/${mail!.id}/attachments/escale.ics`).expect(200);
    expect(file.headers['content-disposition']).toContain('attachment');
    expect(summaries(file.text ?? file.body.toString())).toEqual(['Atelier du Vieux-Port, Marseille']);
    expect(await codeOf(served.get(`/v1/mails/${mail!.id}/attachments/x.ics`).expect(404))).toBe(
      'mail.not_found',
    );
    expect(await codeOf(served.get(`/v1/mails/${newId()}/preview`).expect(404))).toBe('mail.not_found');
  });

  it('says what came back when it is canceled, and that it was used up when it was too late', async () => {
    await cancel(nomad, booking.id).expect(200);
    expect((await mails()).at(-1)!.text).toContain('Your free days came back in full.');
    const late = await makeBooking(nomad, { poolId: scene.host.poolId, day: '2026-12-02' });
    clock.travelTo('2026-12-02T07:00:00Z');
    await cancel(nomad, late.id).expect(200);
    expect((await mails()).at(-1)!.text).toContain('too late');
  });

  it.each([
    ['fr', 'ltr', 'Demandez: Fatima'],
    ['es', 'ltr', 'Pregunta por: Fatima'],
    ['it', 'ltr', 'Chiedi di: Fatima'],
    ['ar', 'rtl', 'اسأل عن: Fatima'],
  ])('is written in %s, %s', async (language, dir, words) => {
    await ownerSql('UPDATE identity.people SET language = $2 WHERE id = $1', [nomad.id, language]);
    const [mail] = await mails();
    expect(mail!.text).toContain(words);
    expect(mail!.html).toMatch(new RegExp(`<html[^>]*dir="${dir}"[^>]*lang="${language}"`));
  });

  it('shows what a name brings along as text', async () => {
    await ownerSql('UPDATE identity.people SET name = $2 WHERE id = $1', [nomad.id, '<img src=x> Inès']);
    const [mail] = await mails();
    expect(mail!.html).toContain('&lt;img src=x&gt;');
    expect(mail!.html).not.toContain('<img');
  });
});

describe('a letter of invitation', () => {
  const path = () => `/v1/bookings/${booking.id}/invitation-letter.pdf`;

  it('is a PDF for its guest alone, of a booking that stands', async () => {
    const { body, headers } = await nomad.agent.get(path()).responseType('blob').expect(200);
    expect(headers['content-type']).toBe('application/pdf');
    expect(Buffer.from(body).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await codeOf(other.agent.get(path()).expect(404))).toBe('booking.not_found');
    expect(await codeOf(manager.agent.get(path()).expect(404))).toBe('booking.not_found');
    await cancel(nomad, booking.id).expect(200);
    expect(await codeOf(nomad.agent.get(path()).expect(409))).toBe('letter.not_booked');
  });

  it('says who, when, where and to whom, in the language of the country and in English', () => {
    const facts = {
      guest: 'Inès #strong[Trabelsi]',
      space: 'Dar el Bhira',
      place: 'Tunis',
      operator: 'Bhira SARL',
      day: '3 December 2026',
      time: '09:00–18:00',
      reference: '2026-001',
      issued: '1 December 2026',
    };
    const parts = letterLanguages('TN').map((language) => letterPart(language, facts));
    expect(parts.map(({ lang, dir }) => [lang, dir])).toEqual([
      ['ar', 'rtl'],
      ['en', 'ltr'],
    ]);
    const said = app.get(Pdf).query(LETTER_SOURCE, { parts }, 'fact');
    // as data: what a name brings along stays text
    const once = [
      'Inès #strong[Trabelsi]',
      'Dar el Bhira',
      'Tunis',
      'Bhira SARL',
      '3 December 2026',
      '09:00–18:00',
      '2026-001',
    ];
    expect(said).toEqual([...once, ...once]);
    expect(letterLanguages('GR')).toEqual(['en']);
  });
});
