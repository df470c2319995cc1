/** Plays the schedule through HTTP, as guests, doors and the treasurer would. */
import { amount, decimalText, type Unit } from '../../kernel/money.js';
import { Temporal } from '../../kernel/time.js';
import { DEMO_NOMADS, DEMO_SPACES, type SpaceCode } from '../demo-network.js';
import * as treasury from '../treasury.js';
import { TREASURER, type BookingAnswer, type Wire, type World } from '../world.js';
import type { PlannedVisit } from './schedule.js';

/** Ten in the morning in Athens, eight in Tunis, nine elsewhere: every space is open. */
const VISIT_TIME = '07:30:00Z';

export type PlayedVisit = PlannedVisit & { readonly booking: BookingAnswer };

export type PlayedMonth = {
  readonly visits: readonly PlayedVisit[];
  readonly window: treasury.Window;
  readonly positions: readonly { readonly space: string; readonly unit: string; readonly net: string }[];
  readonly payments: readonly {
    readonly from: string;
    readonly to: string;
    readonly unit: string;
    readonly amount: string;
    readonly kind: treasury.Payment['kind'];
  }[];
  readonly proof: treasury.Proof;
};

/** Everybody books on the eve, comes, and is let in; the month after, the treasurer settles. */
export async function playMonth(
  world: World,
  schedule: readonly PlannedVisit[],
  closedAt: string,
): Promise<PlayedMonth> {
  const visits = await playVisits(world, schedule);
  await world.moveClock(closedAt);
  const treasurer = await world.as(TREASURER);
  const open = await treasury.findWindow(treasurer, ['OPEN']);
  if (!open) throw new Error('No window is open.');
  await treasury.closeWindow(treasurer, open.id);
  const window = await treasury.settleWindow(treasurer, open.id);
  const positions = await treasury.positionsOf(treasurer, open.id);
  const payments = await treasury.paymentsOf(treasurer, open.id);
  return {
    visits,
    window,
    positions: positions.map(({ party, unit, netMinor }) => ({
      space: codeOf(party.id),
      unit,
      net: text({ unit, minor: netMinor }),
    })),
    payments: payments.map(({ from, to, amount: paid, kind }) => ({
      from: codeOf(from.id),
      to: codeOf(to.id),
      unit: paid.unit,
      amount: text(paid),
      kind,
    })),
    proof: await treasury.proofOf(treasurer, open.id),
  };
}

async function playVisits(world: World, schedule: readonly PlannedVisit[]): Promise<PlayedVisit[]> {
  const days = [...new Set(schedule.map(({ day }) => day))].toSorted();
  const eve = Temporal.PlainDate.from(days[0]!).subtract({ days: 1 });
  await world.moveClock(`${eve.toString()}T${VISIT_TIME}`);
  const bookings: PlayedVisit[] = [];
  for (const visit of schedule)
    bookings.push({ ...visit, booking: await world.book(visit.guest, visit.host, visit.day) });
  const doors = await openDoors(world, schedule);
  for (const day of days) {
    await world.moveClock(`${day}T${VISIT_TIME}`);
    for (const visit of bookings.filter((booked) => booked.day === day)) {
      const guest = await world.nomad(visit.guest);
      const spaceId = DEMO_SPACES[visit.host].id;
      const code = await world.showCode(guest, DEMO_NOMADS[visit.guest].passId, spaceId);
      const scan = await world.scan(doors.get(visit.host)!, spaceId, code);
      if (scan.state !== 'ACCEPTED') throw new Error(`${visit.guest} at ${visit.host}: ${scan.sentence}`);
    }
  }
  return bookings;
}

async function openDoors(world: World, schedule: readonly PlannedVisit[]) {
  const hosts = [...new Set(schedule.map(({ host }) => host))];
  return new Map(await Promise.all(hosts.map(async (host) => [host, await world.openDoor(host)] as const)));
}

/** The demo's short name of a party, else its id. */
function codeOf(partyId: string): string {
  const found = Object.entries(DEMO_SPACES).find(([, space]) => space.id === partyId);
  return (found?.[0] as SpaceCode | undefined) ?? partyId;
}

/** "58.00": the units of the wire are those of the kernel. */
export function text({ unit, minor }: Wire): string {
  return decimalText(amount(unit as Unit, minor));
}
