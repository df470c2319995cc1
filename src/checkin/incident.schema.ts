import { z } from 'zod';
import { wireId, wireInstant, wirePage } from '../kernel/wire.js';

const TEXT_LENGTH_MAX = 2000;
const text = z.string().trim().min(1).max(TEXT_LENGTH_MAX);

/** What an incident is about. Closed: both sides read it in their own language. */
export const INCIDENT_KINDS = [
  'NO_DESK',
  'CLOSED_DOOR',
  'NOT_AS_DESCRIBED',
  'ACCESS',
  'NOISE',
  'DAMAGE',
  'HOUSE_RULES',
  'HARASSMENT',
  'SAFETY',
  'OTHER',
] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** Whoever works at the space reports about a guest and names their visit; a guest reports about the space. */
export const PutIncident = z
  .strictObject({
    spaceId: wireId,
    visitId: wireId.optional(),
    kind: z.enum(INCIDENT_KINDS),
    text,
  })
  .meta({ id: 'PutIncident' });
export type PutIncident = z.output<typeof PutIncident>;

export const PutIncidentAnswer = z
  .strictObject({ incidentId: wireId, text })
  .meta({ id: 'PutIncidentAnswer' });
export type PutIncidentAnswer = z.output<typeof PutIncidentAnswer>;

/** Without a space: those that one reported, or that are about oneself. */
export const IncidentsQuery = z.strictObject({ spaceId: wireId.optional() }).meta({ id: 'IncidentsQuery' });
export type IncidentsQuery = z.output<typeof IncidentsQuery>;

const side = z.enum(['SPACE', 'GUEST']);
export const IncidentView = z
  .strictObject({
    id: wireId,
    spaceId: wireId,
    spaceName: z.string(),
    visitId: wireId.nullable(),
    /** Of the guest, for the space. */
    firstName: z.string().nullable(),
    reportedBy: side,
    kind: z.enum(INCIDENT_KINDS),
    text: z.string(),
    state: z.enum(['OPEN', 'ANSWERED', 'CLOSED']),
    createdAt: wireInstant,
    answers: z.array(z.strictObject({ id: wireId, by: side, text: z.string(), createdAt: wireInstant })),
  })
  .meta({ id: 'Incident' });
export type IncidentView = z.infer<typeof IncidentView>;
export const IncidentPage = wirePage(IncidentView).meta({ id: 'IncidentPage' });
export type IncidentPage = z.infer<typeof IncidentPage>;
