/**
 * Scenario S10. Rijeka joins by peers, a region by its word; a second version adds the bridge to the public interest.
 * Marseille, Lecce and Florence sign it, Lecce not before it stands at one on inclusion. Rijeka lapses, keeps its three
 * bookings, is missing in the search with the reason, appeals, signs, and is back. All of it on screen.
 */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { Temporal } from '../../src/kernel/time.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { deliverAll } from '../support/deliver.js';
import { makeBooking, putBooking } from '../support/make-bookings.js';
import {
  addRate,
  answers,
  assess,
  confirmLater,
  makeCharterWorld,
  RJK_FACTS,
  sign,
  stateOf,
  type CharterWorld,
  type Version,
} from '../support/make-charter.js';
import { makeSpace } from '../support/make-directory.js';
import { makeOrganisation } from '../support/make-identity.js';
import { closeBrowsers, DESK, findBrowser, openBrowser, openDevice, PHONE } from './support/browser.js';
import { examine } from './support/looks.js';
import { makeMember, startWebApp, type Member, type WebApp } from './support/web-app.js';

const RENEW_BY = '2026-12-16';
const BOOKED = ['2026-12-21', '2026-12-22', '2026-12-23'];

let web: WebApp;
let world: CharterWorld;
let browser: Browser;
let RJK: Awaited<ReturnType<typeof makeSpace>>;
let people: Record<'rijeka' | 'marseille' | 'lecce' | 'region' | 'network', Page>;
const faults: string[][] = [];

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so nobody signed a charter on screen.');

(isThere ? describe : describe.skip)('S10: a charter on screen', () => {
  beforeAll(async () => {
    web = await startWebApp();
    world = await makeCharterWorld(web.app);
    const { networkId, MRS, LEC } = world;
    RJK = await makeSpace(web.app, {
      networkId,
      openingHours: 'Mo-Su 09:00-18:00',
      territoryCode: 'HR031',
      ...RJK_FACTS,
    });
    await addRate(world, RJK);
    const region = await makeOrganisation(web.app, { kind: 'institution', name: 'Région Sud' });
    browser = await openBrowser();
    people = {
      rijeka: await desk('Ivan Horvat', RJK.operatorId, 'space_manager'),
      marseille: await desk('Amina Roux', MRS.operatorId, 'space_manager'),
      lecce: await desk('Chiara Greco', LEC.operatorId, 'space_manager'),
      region: await desk('Paul Martin', region.id, 'public_sponsor'),
      network: await desk('Sofia Lindgren', networkId, 'network_admin'),
    };
  });
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });
  afterEach(() => expect(faults.flat()).toEqual([]));

  it('a space applies, says how it stands on ten topics, is looked at by two peers, one of them from abroad, and signs', async () => {
    const { rijeka, marseille, lecce } = people;
    await rijeka.goto(`/space/${RJK.id}/charter`);
    await rijeka.getByRole('button', { name: 'Begin to join' }).click();
    await apply(rijeka, 'Trg Fontana 1, Rijeka');
    await handInAssessment(rijeka);
    await rijeka.getByText('Two member spaces look at your assessment').waitFor();
    for (const [peer, { id }] of [
      [marseille, world.MRS],
      [lecce, world.LEC],
    ] as const) {
      await peer.goto(`/space/${id}/charter`);
      await peer.getByRole('button', { name: 'Review', exact: true }).click();
      await peer.getByLabel('Reasons, for the space').fill('We have been there, and it is as it says.');
      await peer.getByRole('checkbox').check();
      await peer.getByRole('button', { name: 'Recommend' }).click();
      await peer.getByRole('heading', { name: 'Spaces that wait for a peer' }).waitFor({ state: 'detached' });
    }
    await rijeka.reload();
    await signOn(rijeka, 1);
    await rijeka.getByText('Signed, on trial').waitFor();
    expect(await stateOf(world.admin, await memberOf(RJK.id))).toBe('PROVISIONAL');
  }, 120_000);

  it('an institution begins at its home, and signs by its word, without peers', async () => {
    const { region } = people;
    await region.goto('/home/public_sponsor');
    await region.getByRole('link', { name: /^Charter/ }).click();
    await region.getByRole('button', { name: 'Begin to join' }).click();
    await apply(region, '27 place Jules-Guesde, Marseille');
    await handInAssessment(region);
    await signOn(region, 1);
    await region.getByText('Signed, on trial').waitFor();
    expect(await examine(region, 'charter-institution')).toEqual([]);
  }, 120_000);

  it('the network adds a promise and publishes the second version, not with less than fifteen days to sign it', async () => {
    await confirmLater(world.admin, await memberOf(RJK.id));
    for (const day of BOOKED) await makeBooking(world.guest, { poolId: RJK.pools[0]!.id, day });
    const { network } = people;
    await network.goto(`/network/${world.networkId}/charter`);
    await network.getByRole('button', { name: 'Draft a new version' }).click();
    await network.getByRole('button', { name: 'Add “A bridge to the public interest”' }).click();
    const saved = network.waitForResponse((answer) => answer.request().method() === 'PUT');
    await network.getByRole('button', { name: 'Save the draft' }).click();
    expect((await saved).status()).toBe(200);
    await network.reload();
    await network.getByLabel('A bridge to the public interest').waitFor();
    await network.getByLabel('To be signed by').fill('2026-12-15');
    await network.getByRole('button', { name: 'Publish for good' }).click();
    await network.getByText('15 days', { exact: false }).first().waitFor();
    await network.getByLabel('To be signed by').fill(RENEW_BY);
    await network.getByRole('button', { name: 'Publish for good' }).click();
    await network.getByRole('button', { name: 'Draft a new version' }).waitFor();
    await deliverAll(web.app);
    expect((await current()).number).toBe(2);
  }, 120_000);

  it('Marseille reads what has changed and signs; Lecce, at zero on inclusion, not before it stands at one', async () => {
    const { marseille, lecce } = people;
    await marseille.reload();
    const changes = marseille.getByRole('region', { name: 'What has changed' });
    await changes.getByText('immersion').waitFor();
    faults.push(await examine(marseille, 'charter-renewal'));
    await signOn(marseille, 2);
    await marseille.getByText('Signed', { exact: true }).waitFor();

    await assess(world.LEC.manager, world.LEC, answers({ INCLUSION: 0 })).expect(200);
    await lecce.reload();
    await lecce.getByText('At zero: Inclusion.').waitFor();
    expect(await lecce.getByRole('heading', { name: 'Sign version 2' }).count()).toBe(0);
    const inclusion = lecce.getByRole('group', { name: 'Inclusion' });
    await inclusion.getByLabel('1', { exact: true }).check();
    await inclusion.getByRole('textbox').fill('Two desks at half the price since November.');
    await lecce.getByRole('button', { name: 'Hand in the assessment' }).click();
    await signOn(lecce, 2);
    await lecce.getByText('Signed', { exact: true }).waitFor();
    await sign(world.FLR.manager, world.FLR, await current()).expect(200);
  }, 120_000);

  it('Rijeka lapses: its three bookings stay, the search leaves it out and says why', async () => {
    web.clock.setFrom(Temporal.Instant.from('2026-12-17T09:00:00Z'), Temporal.Now.instant());
    await web.app.get(Sweeps).runAll();
    expect(await stateOf(world.admin, await memberOf(RJK.id))).toBe('CHARTER_LAPSED');
    const { body } = await world.guest.agent.get('/v1/bookings').expect(200);
    const states = body.items.map(({ state, day }: { state: string; day: string }) => `${day} ${state}`);
    expect(states.toSorted()).toEqual(BOOKED.map((day) => `${day} RESERVED`));

    const phone = await openDevice(browser, web.origin, { viewport: PHONE });
    await phone.context.addInitScript({ content: axe.source });
    faults.push(phone.faults.list);
    await phone.page.goto('/spaces?from=2026-12-28');
    const stopped = phone.page.getByRole('region', { name: 'Not bookable now' });
    await stopped.getByText('It has not signed the charter in force.').waitFor();
    faults.push(await examine(phone.page, 'charter-search', [PHONE]));
    await stopped.getByRole('link', { name: 'Kvarner Desk' }).click();
    await phone.page.getByText('What was booked before stays.').waitFor();
    await phone.page.goto('/charter');
    await phone.page.getByText(/, version 2 of /).waitFor();
    await phone.page.getByText('Lapsed').first().waitFor();
    await phone.context.close();
  }, 120_000);

  it('Rijeka appeals, is heard by somebody, signs, and is booked again', async () => {
    const { rijeka, network } = people;
    await rijeka.reload();
    await rijeka.getByLabel('Appeal: what should be looked at again').fill('Our board met late.');
    await rijeka.getByRole('button', { name: 'Appeal', exact: true }).click();
    await rijeka.getByText('You have appealed.').waitFor();
    await network.goto(`/network/${world.networkId}/charter`);
    await network.getByRole('link', { name: 'Kvarner Desk' }).click();
    await network.getByText('Our board met late.').waitFor();
    await network
      .getByRole('heading', { name: 'It appeals' })
      .locator('xpath=..')
      .getByLabel('Reasons, for the member')
      .fill('The board met on the eighteenth, and we believe it.');
    await network.getByRole('button', { name: 'Uphold: let it back in' }).click();
    await network.getByText('To sign anew').first().waitFor();
    await rijeka.reload();
    await signOn(rijeka, 2);
    await rijeka.getByText('Signed', { exact: true }).waitFor();
    const again = await putBooking(world.guest, { poolId: RJK.pools[0]!.id, day: '2026-12-28' });
    expect(again.body).toMatchObject({ state: 'RESERVED' });
  }, 120_000);
});

type Role = 'space_manager' | 'public_sponsor' | 'network_admin';

async function desk(name: string, organisationId: string, role: Role): Promise<Page> {
  const { session }: Member = await makeMember(web, { name, grants: [{ organisationId, role }] });
  const device = await openDevice(browser, web.origin, { viewport: DESK, session });
  await device.context.addInitScript({ content: axe.source });
  faults.push(device.faults.list);
  return device.page;
}

async function apply(page: Page, address: string): Promise<void> {
  await page.getByLabel('Address').fill(address);
  await page.getByLabel('Open since').fill('2020-01-01');
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
}

async function handInAssessment(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Yearly self-assessment' }).waitFor();
  for (const topic of await page.getByRole('textbox', { name: 'What shows it' }).all())
    await topic.fill('Minutes and photographs of the last year.');
  await page.getByRole('button', { name: 'Hand in the assessment' }).click();
}

async function signOn(page: Page, number: 1 | 2): Promise<void> {
  await page.getByRole('heading', { name: `Sign version ${number}` }).waitFor();
  await page.getByLabel('Your office').fill('President');
  await page.getByRole('checkbox', { name: /^I have read it/ }).check();
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
}

async function memberOf(spaceId: string): Promise<{ memberId: string }> {
  const { body } = await world.admin.get(`/v1/charter-members?spaceId=${spaceId}`).expect(200);
  return { memberId: body.items[0].id };
}

async function current(): Promise<Version> {
  const { body } = await world.admin.get(`/v1/charter-versions?networkId=${world.networkId}`).expect(200);
  return body.items.find(({ number }: { number: number | null }) => number !== null);
}
