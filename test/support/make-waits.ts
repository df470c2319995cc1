import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase } from './app.js';
import { makeBooking, makeMembers, makeScene, type Nomad, type Scene } from './make-bookings.js';
import { makePerson, type Agent } from './make-identity.js';

export const DAY = '2026-12-03';

export type FullScene = Scene & { holder: Nomad; bookingId: string; line: Nomad[]; manager: Agent };

/** The one desk of Zona Riu is booked for the whole day; others would like it. */
export async function makeFullScene(app: NestFastifyApplication, waiting = 3): Promise<FullScene> {
  await emptyDatabase();
  const scene = await makeScene(app);
  const [holder, ...line] = await makeMembers(app, scene.home, 1 + waiting);
  const grants = [{ organisationId: scene.tiny.operatorId, role: 'space_manager' as const }];
  const manager = (await makePerson(app, { grants })).agent;
  const { id: bookingId } = await makeBooking(holder!, { poolId: scene.tiny.poolId, day: DAY });
  return { ...scene, holder: holder!, bookingId, line, manager };
}

export function putWait(
  { agent }: Pick<Nomad, 'agent'>,
  wish: { poolId?: string; spaceId?: string; resourceKind?: string; day?: string; part?: string },
  id = newId(),
) {
  return agent.put(`/v1/waits/${id}`).send({ day: DAY, part: 'DAY', ...wish });
}

/** In line through HTTP; the view of the wait. */
export async function makeWait(who: Pick<Nomad, 'agent'>, wish: Parameters<typeof putWait>[1]) {
  return (await putWait(who, wish).expect(200)).body;
}

export const waitNow = async ({ agent }: Pick<Nomad, 'agent'>, id: string) =>
  (await agent.get(`/v1/waits/${id}`).expect(200)).body;

/** Told the terms first, as everybody is. */
export async function acceptWait({ agent }: Pick<Nomad, 'agent'>, id: string, bookingId = newId()) {
  const quoteId = newId();
  const { body } = await agent.put(`/v1/waits/${id}/quotes/${quoteId}`);
  const answer = await agent.put(`/v1/waits/${id}/acceptance`).send({ quoteId, bookingId });
  return { quote: body, answer, bookingId };
}
