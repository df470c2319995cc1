/**
 * A morning without internet in Lecce: twelve guests at the door, one of them with a pass that has ended and one
 * with a pass that was withdrawn; a picture of a guest's code turns up in Rijeka. Then the network is back.
 * Promise: nobody is let in wrongly where the lists are fresh, no scan is lost, and what was odd is on the list.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { Temporal } from '../../src/kernel/time.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase } from '../support/app.js';
import { deliverAll } from '../support/deliver.js';
import { agentWith, lastMail, type Agent } from '../support/make-identity.js';
import {
  closeBrowsers,
  DESK,
  findBrowser,
  openBrowser,
  openDevice,
  type Visitor,
} from './support/browser.js';
import { filmOf, filmOfNothing } from './support/camera.js';
import { codeOn } from './support/read-code.js';
import {
  makeCoast,
  makeGuest,
  openDoor,
  show,
  showPicture,
  type Coast,
  type Door,
  type Guest,
} from './support/rush.js';
import { makeMember, startWebApp, type Member, type WebApp } from './support/web-app.js';

const WEEK_BEFORE = '2026-11-24T08:00:00Z';
const MORNING = '2026-12-01T09:00:00Z';
const DAY = '2026-12-01';
const BOOKED = ['Agnes', 'Bruno', 'Chiara', 'Dario', 'Elena', 'Fatma'];
const WALK_INS = ['Giulio', 'Hana', 'Ilir', 'Jelena'];

const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-rush-'));
const film = path.join(folder, 'door.y4m');

let web: WebApp;
let coast: Coast;
let browser: Browser;
let manager: Member & { agent: Agent };
let guests: Guest[];
let [ended, withdrawn, absent]: (Guest | undefined)[] = [];
let faults: Visitor['faults'][] = [];

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so nobody rushed to a door.');

const setClock = (moment: string) => web.clock.setFrom(Temporal.Instant.from(moment), Temporal.Now.instant());
const visits = async () => {
  const { body } = await manager.agent.get(`/v1/visits?spaceId=${coast.lecce.id}&day=${DAY}`).expect(200);
  return body.items as { id: string; evidence: string; guest: { firstName: string } }[];
};

(isThere ? describe : describe.skip)('a rush at the door without a network', () => {
  let door: Door;
  let sideDoor: Door;
  let rijeka: Door;

  beforeAll(async () => {
    web = await startWebApp();
    browser = await openBrowser();
    await emptyDatabase();
    setClock(WEEK_BEFORE);
    coast = await makeCoast(web);
    const scene = { web, browser, coast };
    const space = coast.lecce;
    // This phone has not been online since: it shows what was good in November.
    ended = await makeGuest(scene, 'Karim Ferrari', { space, isBooked: false, validDays: 2 });
    setClock(MORNING);
    guests = [];
    for (const name of BOOKED)
      guests.push(await makeGuest(scene, `${name} Rossi`, { space, isBooked: true }));
    for (const name of WALK_INS)
      guests.push(await makeGuest(scene, `${name} Rossi`, { space, isBooked: false }));
    withdrawn = await makeGuest(scene, 'Luana Rossi', { space, isBooked: false });
    absent = await makeGuest(scene, 'Mirko Rossi', { space, isBooked: true });
    manager = await makeManagerOf(space.operatorId);
    const staffed = await makeMember(web, {
      name: 'Ana Babic',
      grants: [{ organisationId: coast.rijeka.operatorId, role: 'space_staff' }],
    });
    const { session } = manager;
    // The side door was ready before the pass was withdrawn; the other two hear of it.
    sideDoor = await openDoor(web, browser, { film: null, session });
    await coast.admin.put(`/v1/passes/${withdrawn.passId}/revocation`).send({ reason: 'stolen' }).expect(200);
    rijeka = await openDoor(web, browser, { film: null, session: staffed.session });
    filmOfNothing(film);
    door = await openDoor(web, await openBrowser({ camera: film }), { film, session });
    faults = [door, sideDoor, rijeka, ...guests.map(({ phone }) => ({ visitor: phone }))].map(
      ({ visitor }) => visitor.faults,
    );
  }, 420_000);
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => expect(faults.flatMap(({ list }) => list)).toEqual([]));

  it('lets ten of twelve in, refuses the ended and the withdrawn pass, and a picture in Rijeka', async () => {
    const first = await show(guests[0]!.phone.page, door);
    const said = [first.said];
    const copied = await showPicture(first.picture, rijeka);
    expect(['Another door', 'Code too old']).toContain(copied);

    for (const { phone } of guests.slice(1, 6)) said.push((await show(phone.page, door)).said);
    await door.visitor.page.reload(); // somebody closes the tab in the middle of it
    await door.visitor.page.getByRole('button', { name: '6 scans waiting' }).waitFor();
    for (const { phone } of guests.slice(6)) said.push((await show(phone.page, door)).said);
    const slip = await makeUndone(door, absent!);
    expect(slip).toBe('Come in');
    expect(said).toEqual([...BOOKED.map(() => 'Come in'), ...WALK_INS.map(() => 'Come in, will be checked')]);
    expect((await show(ended!.phone.page, door)).said).toBe('Pass ended');
    expect((await show(withdrawn!.phone.page, door)).said).toBe('Pass revoked');
    await door.visitor.page.getByRole('button', { name: '13 scans waiting' }).waitFor();

    expect((await show(withdrawn!.phone.page, sideDoor)).said).toBe('Come in, will be checked');
    expect(await visits()).toEqual([]); // nobody has told the server yet
  }, 180_000);

  it('tells the server of everybody when the network is back: ten visits, and eleven with the old list', async () => {
    const { page } = door.visitor;
    await comesBack(door);
    const here = page.getByRole('list', { name: 'Who is here' }).getByRole('listitem');
    await here.nth(9).waitFor();
    expect(await here.locator('strong').allTextContents()).toEqual(
      expect.arrayContaining([...BOOKED, ...WALK_INS]),
    );
    expect((await visits()).map(({ evidence }) => evidence)).toEqual(Array.from({ length: 10 }, () => 'B'));

    await comesBack(rijeka);
    await comesBack(sideDoor);
    expect(await visits()).toHaveLength(11);
    const copied = 'The same code was shown at another door';
    expect(await oddities(rijeka.visitor.page)).toEqual([copied]);
    const found = await oddities(sideDoor.visitor.page);
    const old = 'Let in on a list older than the withdrawal of the pass: Luana';
    expect(found.toSorted()).toEqual([old, `${copied}: Agnes`]);
  }, 180_000);

  it('is corrected by the manager within a day, the guest is told; then only a credit corrects', async () => {
    const bruno = guests[1]!;
    const [visit] = (await visits()).filter(({ guest }) => guest.firstName === 'Bruno');
    const office = await openDevice(browser, web.origin, { viewport: DESK, session: manager.session });
    const { page } = office;
    setClock('2026-12-02T08:00:00Z');
    await page.goto(`/space/${coast.lecce.id}/bookings?day=${DAY}&q=Bruno`);
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    const form = page.getByRole('form', { name: 'Correct this visit' });
    await form.getByRole('radio', { name: 'Morning' }).check();
    await form.getByLabel('Why').fill('He left at noon.');
    await form.getByRole('button', { name: 'Correct the visit' }).click();
    await form.waitFor({ state: 'detached' });
    await deliverAll(web.app);
    expect((await lastMail(bruno.email))?.text).toContain('He left at noon.');

    setClock('2026-12-03T08:00:00Z');
    await web.app.get(Sweeps).runAll();
    await page.reload();
    await page.getByText('sealed', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Correct', exact: true }).count()).toBe(0);
    const late = { to: 'INVALID', reason: 'He never came.' };
    const answer = await manager.agent.put(`/v1/visits/${visit!.id}/correction`).send(late).expect(409);
    expect(answer.body.code).toBe('visit.sealed');
    faults.push(office.faults);
  }, 120_000);

  it('costs whoever did not come by the rule of the space, and they can say that they did', async () => {
    const { phone } = absent!;
    await phone.context.setOffline(false);
    await phone.page.goto('/me/bookings');
    await phone.page.getByText('Not used').waitFor();
    await phone.page.getByRole('link', { name: 'Manifatture Knos' }).click();
    await phone.page.getByText('Nobody came').waitFor();
    await phone.page.getByText('It was too late for anything to come back: 1 day used up.').waitFor();
    await phone.page.getByLabel('Your message').fill('I was there, the tablet was off.');
    await phone.page.getByRole('button', { name: 'Send' }).click();
    await phone.page.getByText('I was there, the tablet was off.').waitFor();
    expect(phone.faults.list).toEqual([]);
  }, 120_000);
});

async function makeManagerOf(organisationId: string): Promise<Member & { agent: Agent }> {
  const grants = [{ organisationId, role: 'space_manager' as const }];
  const member = await makeMember(web, { name: 'Salvatore Greco', grants });
  return { ...member, agent: agentWith(web.app, member.session) };
}

/** The wrong phone before the camera: what the door said is taken back, and is kept with the scan. */
async function makeUndone({ visitor: { page }, film: seen }: Door, { phone }: Guest): Promise<string | null> {
  filmOf(await codeOn(phone.page).screenshot(), seen!);
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  const said = await page.locator('.verdict-word').textContent();
  filmOfNothing(seen!);
  await undo.click();
  await page.getByRole('region', { name: 'Camera' }).waitFor();
  return said;
}

async function comesBack({ visitor: { context, page } }: Door): Promise<void> {
  await context.setOffline(false);
  await page.getByRole('button', { name: /scans? waiting/ }).waitFor({ state: 'detached' });
}

/** What the door asks somebody to look at. */
async function oddities(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: /scans? to look at/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Scans to look at' });
  const found = await dialog.getByRole('listitem').locator('strong').allTextContents();
  await dialog.getByRole('button', { name: 'Close' }).click();
  return found;
}
