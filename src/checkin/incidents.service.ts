import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import { demandPerson, may, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import { demandAtSpace } from './at-space.js';
import { IncidentProblems, VisitProblems } from './checkin.problems.js';
import {
  closeIncident,
  findIncident,
  incidentsOfPerson,
  incidentsOfSpace,
  insertAnswer,
  insertIncident,
  type Side,
  type Told,
} from './incident.queries.js';
import type {
  IncidentPage,
  IncidentsQuery,
  IncidentView,
  PutIncident,
  PutIncidentAnswer,
} from './incident.schema.js';
import { findVisit } from './visit.queries.js';

type Found = { readonly incident: Told; readonly side: Side };

/** What went wrong between a space and a guest: told by one, answered by both, closed by whoever told it. */
@Injectable()
export class Incidents {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  async put(actor: Actor, id: string, body: PutIncident): Promise<IncidentView> {
    const { spaceId, visitId = null, kind, text } = body;
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, spaceId));
    const side: Side = worksAt(actor, space) ? 'SPACE' : 'GUEST';
    const personId = await this.personOf(actor, space, visitId, side);
    const scope = { ...withNetworks(actor.scope, space.networkId), person: personId };
    return this.db.tx(scope, async (tx) => {
      const hash = requestHash(body);
      const told = {
        id,
        requestHash: hash,
        spaceId,
        visitId,
        personId,
        side,
        kind,
        text,
        reportedBy: actor.name,
      };
      await insertIncident(tx, { ...told, hostNetworkId: space.networkId }, this.clock.now());
      const stored = await findIncident(tx, id);
      if (stored?.requestHash !== hash || stored.reportedBy !== actor.name)
        throw RequestProblems.idReused('This id stands for another incident.');
      return incidentView(stored, side);
    });
  }

  async answer(actor: Actor, id: string, body: PutIncidentAnswer): Promise<IncidentView> {
    const { incident, side } = await this.find(actor, body.incidentId);
    if (incident.isClosed) throw closed();
    const hash = requestHash(body);
    return this.db.tx(scopeOf(actor, incident), async (tx) => {
      const answer = { id, requestHash: hash, side, text: body.text, by: actor.name, at: this.clock.now() };
      if ((await insertAnswer(tx, incident, answer)) !== hash)
        throw RequestProblems.idReused('This id stands for another answer.');
      return incidentView((await findIncident(tx, incident.id))!, side);
    });
  }

  /** By the side that told it. Closed once is closed for good. */
  async close(actor: Actor, id: string): Promise<IncidentView> {
    const { incident, side } = await this.find(actor, id);
    if (side !== incident.side)
      throw IncidentProblems.notYours('Whoever reported the incident closes it. You can answer it.');
    return this.db.tx(scopeOf(actor, incident), async (tx) => {
      await closeIncident(tx, incident, { name: actor.name, at: this.clock.now() });
      return incidentView((await findIncident(tx, id))!, side);
    });
  }

  list(actor: Actor, { spaceId }: IncidentsQuery): Promise<IncidentPage> {
    return this.db.read(actor.scope, async (on) => {
      if (spaceId === undefined) {
        const own = await incidentsOfPerson(on, demandPerson(actor));
        return { items: own.map((incident) => incidentView(incident, 'GUEST')), next: null };
      }
      demandAtSpace(actor, 'visits:write', await this.directory.space(on, spaceId));
      const items = await incidentsOfSpace(on, spaceId);
      return { items: items.map((incident) => incidentView(incident, 'SPACE')), next: null };
    });
  }

  /** About whom it is: the guest of the visit, or the guest who reports. */
  private async personOf(actor: Actor, space: Space, visitId: string | null, side: Side): Promise<string> {
    if (side === 'GUEST' && visitId === null) return demandPerson(actor);
    if (visitId === null)
      throw IncidentProblems.visitMissing('Name the visit: a space reports about a guest who was there.');
    const visit = await this.db.read(actor.scope, (on) => findVisit(on, visitId));
    const isTheirs = side === 'SPACE' || visit?.personId === actor.personId;
    if (!visit || visit.spaceId !== space.id || !isTheirs)
      throw VisitProblems.notFound(`There is no visit ${visitId} at this space in your reach.`);
    return visit.personId;
  }

  private find(actor: Actor, id: string): Promise<Found> {
    return this.db.read(actor.scope, async (on) => {
      const incident = await findIncident(on, id);
      const side = incident && (await this.sideOf(on, actor, incident));
      if (!incident || !side) throw IncidentProblems.notFound(`There is no incident ${id} in your reach.`);
      return { incident, side };
    });
  }

  private async sideOf(on: Reader, actor: Actor, incident: Told): Promise<Side | null> {
    if (incident.personId === actor.personId) return 'GUEST';
    return worksAt(actor, await this.directory.space(on, incident.spaceId)) ? 'SPACE' : null;
  }
}

function worksAt(actor: Actor, { id, operatorId, networkId }: Space): boolean {
  if (actor.spaceId !== null && actor.spaceId !== id) return false;
  return may(actor, 'visits:write', { organisationId: operatorId, networkId });
}

function scopeOf(actor: Actor, { hostNetworkId, personId }: Told) {
  return { ...withNetworks(actor.scope, hostNetworkId), person: personId };
}

function incidentView(incident: Told, seenBy: Side): IncidentView {
  const { id, spaceId, spaceName, visitId, side, kind, text, answers, isClosed } = incident;
  const isAnswered = answers.some(({ by }) => by !== side);
  return {
    id,
    spaceId,
    spaceName,
    visitId,
    firstName: seenBy === 'SPACE' ? incident.firstName : null,
    reportedBy: side,
    kind,
    text,
    state: isClosed ? 'CLOSED' : isAnswered ? 'ANSWERED' : 'OPEN',
    createdAt: incident.createdAt.toString(),
    answers: [...answers],
  };
}

function closed() {
  return IncidentProblems.closed('It was closed. Report a new one if it happens again.');
}
