import type { Browser, Page } from 'playwright-core';
import { newId } from '../../../src/kernel/ids.js';
import { Temporal } from '../../../src/kernel/time.js';
import { makeHome, makeNetwork, makeSpace } from '../../support/make-directory.js';
import { agentWith, type Agent } from '../../support/make-identity.js';
import { makePass } from '../../support/make-passes.js';
import { makeAgreement } from '../../support/make-reciprocity.js';
import { openDevice, PHONE, TABLET, type Visitor } from './browser.js';
import { layCable, type Cable } from './cable.js';
import { filmOf, filmOfNothing } from './camera.js';
import { codeOn, textOf, typeIn } from './read-code.js';
import { makeMember, type Member, type WebApp } from './web-app.js';

export type Space = Awaited<ReturnType<typeof makeSpace>>;
export type Guest = Member & {
  readonly name: string;
  readonly agent: Agent;
  readonly passId: string;
};

/** Two spaces of one network, 600 km of sea apart, and the network's own administrator. */
export type Coast = {
  readonly networkId: string;
  readonly admin: Agent;
  readonly lecce: Space;
  readonly rijeka: Space;
  readonly home: Space;
};

export async function makeCoast({ app }: WebApp): Promise<Coast> {
  const { id: networkId, admin } = await makeNetwork(app);
  const lecce = await makeSpace(app, {
    networkId,
    name: 'Manifatture Knos',
    city: 'Lecce',
    country: 'IT',
    timeZone: 'Europe/Rome',
    territoryCode: 'ITF45',
    lat: 40.3441,
    lon: 18.1653,
    pools: [{ capacity: 20 }],
  });
  const rijeka = await makeSpace(app, {
    networkId,
    name: 'Brodograd',
    city: 'Rijeka',
    country: 'HR',
    timeZone: 'Europe/Zagreb',
    territoryCode: 'HR031',
    lat: 45.3271,
    lon: 14.4422,
  });
  const home = await makeSpace(app, { networkId, name: 'Dar el Bhira', city: 'Tunis', country: 'TN' });
  const rates = [lecce, rijeka, home].map(({ id }) => ({ hostSpaceId: id }));
  await makeAgreement(app, { homeNetworkId: networkId, rates });
  return { networkId, admin, lecce, rijeka, home };
}

/** A member of the home space with a pass, and with a desk of today where they have booked. */
export async function makeGuest(
  { web, coast }: { web: WebApp; coast: Coast },
  name: string,
  { isBooked, validDays = 365 }: { isBooked: boolean; validDays?: number },
): Promise<Guest> {
  const member = await makeMember(web, { name });
  const agent = agentWith(web.app, member.session);
  const personId = member.id;
  await makeHome(coast.admin, { personId, spaceId: coast.home.id });
  const pass = await makePass(web.app, {
    networkId: coast.networkId,
    personId,
    validDays,
    offline: 'allowed',
  });
  if (isBooked) {
    const wish = { poolId: coast.lecce.pools[0]!.id, day: today(web), part: 'DAY' };
    await agent.put(`/v1/bookings/${newId()}`).send(wish).expect(200);
  }
  return { ...member, name, agent, passId: pass.id };
}

/** One phone, that goes from hand to hand: only the keys stay on it, each with its pass. */
export type Phone = { readonly visitor: Visitor; hand(guest: Guest, page?: string): Promise<Page> };

export async function openPhone({ web, browser }: { web: WebApp; browser: Browser }): Promise<Phone> {
  const visitor = await openDevice(browser, web.origin, {
    viewport: PHONE,
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
    serviceWorkers: 'block', // a phone that fetches the whole app for later is slow
  });
  const { context, page } = visitor;
  // What the one before has read; a page without an address has nothing to forget.
  await page.addInitScript(`if (location.protocol !== 'about:') indexedDB.deleteDatabase('escale-read')`);
  return {
    visitor,
    async hand({ session }, path = '/me/pass') {
      await page.goto('about:blank');
      await context.clearCookies();
      await context.addCookies([{ name: 'escale_session', value: session, url: web.origin }]);
      await page.goto(path);
      return page;
    },
  };
}

/** The pass screen of that guest, with a code for the door of Lecce. */
export async function passScreenOf(phone: Phone, guest: Guest, { lecce }: Coast): Promise<Page> {
  const page = await phone.hand(guest);
  await page.getByLabel('The door this code is for').selectOption(lecce.id);
  await codeOn(page).waitFor();
  return page;
}

/** A phone of their own, which has what it needs and is without a network from now on. */
export async function openOwnPhone(
  scene: { web: WebApp; browser: Browser; coast: Coast },
  guest: Guest,
): Promise<Phone> {
  const phone = await openPhone(scene);
  await passScreenOf(phone, guest, scene.coast);
  await phone.visitor.context.setOffline(true);
  return phone;
}

function today({ clock }: WebApp): string {
  return clock.now().toZonedDateTimeISO('Europe/Rome').toPlainDate().toString();
}

/** A tablet at a door, its line to the server, and the film that its camera sees; without one it has a scanner on USB. */
export type Door = { readonly visitor: Visitor; readonly cable: Cable; readonly film: string | null };

/** Opened while there is a network, until it has the lists of today and tomorrow; then the network goes. */
export async function openDoor(
  web: WebApp,
  browser: Browser,
  of: { film: string | null; session: string },
): Promise<Door> {
  const { film, session } = of;
  const cable = await layCable(web.origin);
  // The app is kept for a start without a network where a test starts it so.
  const serviceWorkers = film ? ('allow' as const) : ('block' as const);
  const visitor = await openDevice(browser, cable.origin, { viewport: TABLET, session, serviceWorkers });
  const { page, context } = visitor;
  if (!film)
    await page.addInitScript(`Object.defineProperty(navigator, 'mediaDevices', { value: undefined })`);
  await page.goto('/desk');
  const tomorrow = Temporal.PlainDate.from(today(web)).add({ days: 1 }).toString();
  const lists = page.waitForResponse((answer) => answer.url().endsWith(`day-package?day=${tomorrow}`));
  await page.locator('.door-choice').click();
  await lists;
  await page.getByRole('complementary', { name: 'Today' }).waitFor();
  if (film) await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  cable.pull();
  await context.setOffline(true);
  return { visitor, cable, film };
}

export async function comesBack({ visitor: { context, page }, cable }: Door): Promise<void> {
  cable.plugIn();
  await context.setOffline(false);
  await page.getByRole('button', { name: /scans? waiting/ }).waitFor({ state: 'detached' });
}

/** Holds the phone before the scanner: the picture that was taken, and what the door said. */
export async function show(phone: Page, door: Door): Promise<{ picture: Buffer; said: string }> {
  const picture = await codeOn(phone).screenshot();
  return { picture, said: await showPicture(picture, door) };
}

/** What the door says, in words; it is ready for the next guest then. */
export async function showPicture(picture: Buffer, { visitor: { page }, film }: Door): Promise<string> {
  if (film) filmOf(picture, film);
  else await typeIn(page, textOf(picture));
  const word = page.getByRole('status').locator('.verdict-word');
  await word.waitFor();
  const said = await word.textContent();
  if (film) filmOfNothing(film); // the phone is taken away: after a while the same code would be a new scan
  await page.getByRole('button', { name: /^Next scan/ }).click();
  return said ?? '';
}
