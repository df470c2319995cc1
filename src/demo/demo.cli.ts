/**
 * The walk through the demo: verbs that act over HTTP as the person who signed in, like any client. The
 * command line stands in for the nomad's phone, the scanner at the door and the treasurer's screen.
 */
import type { Command } from 'commander';
import QRCode from 'qrcode';
import { newId } from '../kernel/ids.js';
import { printTable } from '../platform/cli.js';
import { findRunningServer } from '../platform/running-server.js';
import { DEMO_PASSWORD, DEMO_SPACES, type DemoSpace } from './demo-network.js';
import type { Client } from './client.js';
import { forget, signedInAs, signIn } from './kept-sessions.js';
import { text } from './story/play.js';
import * as treasury from './treasury.js';
import { World, type BookingAnswer } from './world.js';

export function registerDemoCli(program: Command, dataFolder: string): void {
  const verb = (usage: string, description: string) => program.command(usage).description(description);
  const world = () => new World(addressIn(dataFolder));
  const current = () => signedInAs(dataFolder, world().baseUrl);

  verb('sessions:open <email>', 'sign in; the next commands act as this person')
    .option('--password <password>', 'the password', DEMO_PASSWORD)
    .action(async (email: string, { password }: { password: string }) => {
      say(await signIn(dataFolder, world().baseUrl, email, password));
    });
  verb('sessions:close', 'sign out').action(async () => {
    await current().delete('/v1/sessions/current');
    forget(dataFolder);
  });
  verb('spaces:search <city>', 'spaces near a city with a free desk, nearest first')
    .requiredOption('--day <day>', 'such as 2026-06-03')
    .action(async (city: string, { day }: { day: string }) => search(current(), city, day));
  verb('bookings:create <space>', 'book a desk for a day, and learn who pays and why')
    .requiredOption('--day <day>', 'such as 2026-06-03')
    .action(async (code: string, { day }: { day: string }) => book(current(), spaceNamed(code), day));
  verb('clocks:move <moment>', 'move the demo’s clock forward').action(async (moment: string) => {
    const { now } = await world().moveClock(moment);
    say(`It is ${String(now)} in the demo.`);
  });
  verb('codes:show <space>', 'show your pass code for a door: drawn on stderr, as text on stdout').action(
    async (code: string) => showCode(world(), current(), spaceNamed(code)),
  );
  verb('scans:create <space> [code]', 'read a pass code at the door, from stdin unless given')
    .option('--as <email>', 'who works at the door', 'desk@demo.invalid')
    .action(async (code: string, given: string | undefined, { as }: { as: string }) =>
      scan(world(), spaceNamed(code), given ?? (await readStdin()), as),
    );
  registerTreasuryVerbs(verb, current);
}

type Verb = (usage: string, description: string) => Command;

function registerTreasuryVerbs(verb: Verb, current: () => Client): void {
  verb('windows:close', 'close the open window: positions, payments, documents').action(async () => {
    const window = await windowIn(['OPEN']);
    await treasury.closeWindow(current(), window.id);
    await tellWindow(current(), window.id);
  });
  verb('statements:show <space>', 'the lines of one party in the last closed window').action(
    async (code: string) => showStatement(current(), await lastClosed(), spaceNamed(code)),
  );
  verb('windows:settle', 'send the statements, call the payments, execute them, settle').action(async () => {
    const window = await treasury.settleWindow(current(), (await windowIn(['CLOSED'])).id);
    say(`Window ${window.number} is ${window.state}: every payment is made.`);
  });
  verb('proofs:show', 'recompute the last closed window from its visits').action(async () => {
    const proof = await treasury.proofOf(current(), (await lastClosed()).id);
    printTable(
      proof.checks.map(({ name, holds, detail }) => ({ check: name, holds: holds ? 'yes' : 'NO', detail })),
    );
    say(`${proof.holds ? 'All holds' : 'NOT ALL HOLDS'}. Lines: sha256 ${proof.linesHash}`);
  });

  const lastClosed = () => windowIn(['CLOSED', 'ADVISED', 'CALLED', 'SETTLED']);

  async function windowIn(states: readonly treasury.Window['state'][]): Promise<treasury.Window> {
    const window = await treasury.findWindow(current(), states);
    if (window) return window;
    throw new Error(`No window is ${states.join(' or ')}.`);
  }
}

async function search(client: Client, city: string, day: string): Promise<void> {
  const near = Object.values(DEMO_SPACES).find((space) => space.city.toLowerCase() === city.toLowerCase());
  if (!near) throw new Error(`The demo knows ${[...new Set(cities())].join(', ')}.`);
  const { items } = await client.post<{
    items: { name: string; city: string; spaceId: string; metres: number; pools: { days: FreeDay[] }[] }[];
  }>('/v1/search', { near: { lat: near.lat, lon: near.lon }, days: [day], limit: 5 });
  printTable(
    items.map((space) => ({
      space: codeOf(space.spaceId),
      name: space.name,
      city: space.city,
      km: Math.round(space.metres / 1000),
      'desks free': space.pools.reduce((sum, pool) => sum + (pool.days[0]?.free.DAY ?? 0), 0),
    })),
  );
}
type FreeDay = { readonly free: { readonly DAY: number } };

/** The quote explains who pays; the booking takes it at its word. */
async function book(client: Client, space: DemoSpace, day: string): Promise<void> {
  const quoteId = newId();
  const quote = await client.put<{ options: { outcome: string; sentence: string }[] }>(
    `/v1/quotes/${quoteId}`,
    {
      poolId: space.poolId,
      day,
      part: 'DAY',
    },
  );
  for (const option of quote.options) say(`${option.outcome.padEnd(9)} ${option.sentence}`);
  const booking = await client.put<BookingAnswer>(`/v1/bookings/${newId()}`, { quoteId });
  say(
    `${booking.state}: ${space.name}, ${space.city}, ${booking.day}. You pay ${text(booking.guestPrice)} ${booking.guestPrice.unit}; ` +
      `the space earns ${text(booking.price)} ${booking.price.unit}.`,
  );
}

async function showCode(world: World, client: Client, space: DemoSpace): Promise<void> {
  const { items } = await client.get<{ items: { id: string; state: string }[] }>('/v1/passes');
  const pass = items.find(({ state }) => state === 'ISSUED' || state === 'ACTIVE');
  if (!pass) throw new Error('You hold no pass that is valid now.');
  const code = await world.showCode(client, pass.id, space.id);
  process.stderr.write(`${await QRCode.toString(code, { type: 'terminal', small: true })}\n`);
  process.stderr.write('Good for 30 seconds at this door.\n');
  process.stdout.write(`${code}\n`);
}

async function scan(world: World, space: DemoSpace, code: string, email: string): Promise<void> {
  const answer = await world.scan(await world.as(email), space.id, code.trim());
  say(`${answer.state}: ${answer.sentence}`);
  if (answer.state === 'REFUSED') process.exitCode = 1;
}

async function tellWindow(client: Client, windowId: string): Promise<void> {
  printTable(
    (await treasury.positionsOf(client, windowId)).map(({ party, unit, netMinor }) => ({
      party: party.name,
      net: text({ unit, minor: netMinor }).padStart(10),
      unit,
    })),
  );
  for (const { from, to, amount } of await treasury.paymentsOf(client, windowId))
    say(`${from.name} pays ${to.name} ${text(amount)} ${amount.unit}.`);
}

async function showStatement(client: Client, window: treasury.Window, space: DemoSpace): Promise<void> {
  const statement = await client.get<{
    lines: {
      day: string;
      direction: string;
      counterparty: { name: string };
      amount: { unit: string; minor: number };
      visitId: string;
    }[];
  }>(`/v1/windows/${window.id}/statements/${space.id}`);
  printTable(
    statement.lines.map(({ day, direction, counterparty, amount, visitId }) => ({
      day,
      direction,
      counterparty: counterparty.name,
      amount: text(amount).padStart(10),
      unit: amount.unit,
      visit: visitId,
    })),
  );
}

function spaceNamed(code: string): DemoSpace {
  const space = (DEMO_SPACES as Readonly<Record<string, DemoSpace>>)[code.toUpperCase()];
  if (space) return space;
  throw new Error(`The demo’s spaces are ${Object.keys(DEMO_SPACES).join(', ')}.`);
}

function codeOf(spaceId: string): string {
  return Object.values<DemoSpace>(DEMO_SPACES).find((space) => space.id === spaceId)?.code ?? spaceId;
}

function cities(): string[] {
  return Object.values(DEMO_SPACES).map((space) => space.city);
}

/** Of the running `npm start`. */
function addressIn(dataFolder: string): string {
  const running = findRunningServer(dataFolder);
  if (!running) throw new Error('No Escale runs here: start one with `npm start`.');
  return running.apiUrl;
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}
