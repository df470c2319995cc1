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
  comesBack,
  makeCoast,
  makeGuest,
  openDoor,
  openOwnPhone,
  openPhone,
  passScreenOf,
  show,
  showPicture,
  type Coast,
  type Door,
  type Guest,
  type Phone,
} from './support/rush.js';
import { makeMember, startWebApp, type Member, type WebApp } from './support/web-app.js';

const WEEK_BEFORE = '2026-11-24T08:00:00Z';
const MORNING = '2026-12-01T09:00:00Z';
const DAY = '2026-12-01';
const BOOKED = ['Agnes', 'Bruno', 'Chiara'];
const WALK_INS = ['Dario', 'Elena', 'Fatma', 'Giulio', 'Hana', 'Ilir', 'Jelena'];

const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-rush-'));
const film = path.join(folder, 'door.y4m');

let web: WebApp;
let coast: Coast;
let browser: Browser;
let manager: Member & { agent: Agent };
let guests: Guest[];
let [withdrawn, absent]: (Guest | undefined)[] = [];
let phone: Phone;
let endedPhone: Phone;
let withdrawnPhone: Phone;
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
  let office: Visitor;

  beforeAll(async () => {
    web = await startWebApp();
    browser = await openBrowser();
    await emptyDatabase();
    setClock(WEEK_BEFORE);
    coast = await makeCoast(web);
    const scene = { web, browser, coast };
    const ended = await makeGuest(scene, 'Karim Ferrari', { isBooked: false, validDays: 2 });
    // This phone has not been online since: it shows what was good in November.
    endedPhone = await openOwnPhone(scene, ended);
    setClock(MORNING);
    const making = (names: string[], isBooked: boolean) =>
      Promise.all(names.map((name) => makeGuest(scene, `${name} Rossi`, { isBooked })));
    guests = [...(await making(BOOKED, true)), ...(await making(WALK_INS, false))];
    [absent] = await making(['Mirko'], true);
    [withdrawn] = await making(['Luana'], false);
    withdrawnPhone = await openOwnPhone(scene, withdrawn!);
    phone = await openPhone(scene);
    // The list of a door knows a guest by the key that their pass has in the morning.
    for (const guest of [...guests.slice(0, BOOKED.length), absent!]) await passScreenOf(phone, guest, coast);
    manager = await makeManagerOf(coast.lecce.operatorId);
    const staffed = await makeMember(web, {
      name: 'Ana Babic',
      grants: [{ organisationId: coast.rijeka.operatorId, role: 'space_staff' }],
    });
    const { session } = manager;
    // The side door was ready before the pass was withdrawn; the other two hear of it.
    sideDoor = await openDoor(web, browser, { film: null, session });
    const withdrawal = `/v1/passes/${withdrawn!.passId}/revocation`;
    await coast.admin.put(withdrawal).send({ reason: 'stolen' }).expect(200);
    rijeka = await openDoor(web, browser, { film: null, session: staffed.session });
    filmOfNothing(film);
    door = await openDoor(web, await openBrowser({ camera: film }), { film, session });
    faults = [door, sideDoor, rijeka, phone, endedPhone, withdrawnPhone].map(({ visitor }) => visitor.faults);
  });
  afterAll(async () => {
    await closeBrowsers();
    for (const { cable } of [door, sideDoor, rijeka]) cable.cut();
    await web.app.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => expect(faults.flatMap(({ list }) => list)).toEqual([]));

  it('lets ten of twelve in, refuses the ended and the withdrawn pass, and a picture in Rijeka', async () => {
    const shown = async (guest: Guest) => show(await passScreenOf(phone, guest, coast), door);
    const first = await shown(guests[0]!);
    const said = [first.said];
    const copied = await showPicture(first.picture, rijeka);
    expect(['Another door', 'Code too old']).toContain(copied);

    for (const guest of guests.slice(1, 6)) said.push((await shown(guest)).said);
    await door.visitor.page.reload(); // somebody closes the tab in the middle of it
    await door.visitor.page.getByRole('button', { name: '6 scans waiting' }).waitFor();
    for (const guest of guests.slice(6)) said.push((await shown(guest)).said);
    const slip = await makeUndone(door, await passScreenOf(phone, absent!, coast));
    expect(slip).toBe('Come in');
    expect(said).toEqual([...BOOKED.map(() => 'Come in'), ...WALK_INS.map(() => 'Come in, will be checked')]);
    expect((await show(endedPhone.visitor.page, door)).said).toBe('Pass ended');
    expect((await show(withdrawnPhone.visitor.page, door)).said).toBe('Pass revoked');
    await door.visitor.page.getByRole('button', { name: '13 scans waiting' }).waitFor();

    expect((await show(withdrawnPhone.visitor.page, sideDoor)).said).toBe('Come in, will be checked');
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
    office = await openDevice(browser, web.origin, { viewport: DESK, session: manager.session });
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

  it('costs whoever did not come by the rule of the space; they contest it, and get it back', async () => {
    const page = await phone.hand(absent!, '/me/bookings');
    await page.getByText('Not used').waitFor();
    await page.getByRole('link', { name: 'Manifatture Knos' }).click();
    await page.getByText('Nobody came').waitFor();
    await page.getByText('It was too late for anything to come back: 1 day used up.').waitFor();
    await page.getByLabel('What happened').fill('I was there, the tablet was off.');
    await page.getByRole('button', { name: 'Contest it' }).click();
    await page.getByText('The space answers you by mail and here.').waitFor();

    await office.page.goto(`/space/${coast.lecce.id}/bookings`);
    const contest = office.page.getByRole('listitem', { name: 'Mirko' });
    await contest.getByText('I was there, the tablet was off.').waitFor();
    await contest.getByLabel('What the guest reads').fill('You are right: the tablet was off.');
    await contest.getByRole('button', { name: 'Give it back' }).click();
    await contest.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('1 day came back to you.').waitFor();
    const { body } = await absent!.agent.get(`/v1/visa-quotas?hostSpaceId=${coast.lecce.id}&year=2026`);
    expect(body.leftHalfDays).toBe(6); // as many as before
  }, 120_000);
});

async function makeManagerOf(organisationId: string): Promise<Member & { agent: Agent }> {
  const grants = [{ organisationId, role: 'space_manager' as const }];
  const member = await makeMember(web, { name: 'Salvatore Greco', grants });
  return { ...member, agent: agentWith(web.app, member.session) };
}

/** The wrong phone before the camera: what the door said is taken back, and is kept with the scan. */
async function makeUndone({ visitor: { page }, film: seen }: Door, screen: Page): Promise<string | null> {
  filmOf(await codeOn(screen).screenshot(), seen!);
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  const said = await page.locator('.verdict-word').textContent();
  filmOfNothing(seen!);
  await undo.click();
  await page.getByRole('region', { name: 'Camera' }).waitFor();
  return said;
}

/** What the door asks somebody to look at. */
async function oddities(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: /scans? to look at/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Scans to look at' });
  const found = await dialog.getByRole('listitem').locator('strong').allTextContents();
  await dialog.getByRole('button', { name: 'Close' }).click();
  return found;
}
