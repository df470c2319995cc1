import { newId } from '../../../src/kernel/ids.js';
import { agentWith, type Agent } from '../../support/make-identity.js';
import { makeMember, type Member, type WebApp } from './web-app.js';
import type { World } from './world.js';

/** Somebody who manages the host, and an office in which something of everything has happened. */
export async function makeManager(web: WebApp, { host }: World): Promise<Member & { agent: Agent }> {
  const manager = await makeMember(web, {
    name: 'Amina Ferrand',
    grants: [{ organisationId: host.operatorId, role: 'space_manager' }],
  });
  return { ...manager, agent: agentWith(web.app, manager.session) };
}

export async function makeOfficeBusy({ host, nomad }: World, manager: Agent): Promise<void> {
  const put = (path: string, body: object, agent = manager) => agent.put(path).send(body).expect(200);
  const terms = {
    bookingMode: 'ON_REQUEST',
    answerHours: 24,
    cancelUntilHours: 24,
    graceMinutes: 30,
    noShow: 'CONSUMED',
  };
  await put(`/v1/spaces/${host.id}/terms`, terms);
  const poolId = host.pools[0]!.id;
  await put(`/v1/bookings/${newId()}`, { poolId, day: '2026-12-02', part: 'MORNING' }, nomad.agent);
  await put(`/v1/seat-blocks/${newId()}`, { poolId, day: '2026-12-03', seats: 4, reason: 'Art school' });
  const season = {
    spaceId: host.id,
    fromDay: '2027-02-08',
    untilDay: '2027-03-08',
    openingHours: 'Mo-Fr 09:00-15:00',
    reason: 'Ramadan',
  };
  await put(`/v1/hour-periods/${newId()}`, season);
  await put(`/v1/hour-exceptions/${newId()}`, {
    spaceId: host.id,
    day: '2026-12-24',
    openingHours: '09:00-13:00',
    reason: 'Christmas Eve',
  });
  await put(`/v1/invitations/${newId()}`, {
    organisationId: host.operatorId,
    email: 'salma.idrissi@example.org',
    role: 'space_staff',
    language: 'fr',
  });
}
