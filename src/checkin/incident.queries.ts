import { instantFromDate, type Instant } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import type { IncidentKind, IncidentView } from './incident.schema.js';

export type Side = IncidentView['reportedBy'];
type Stamp = Parameters<typeof instantFromDate>[0];

export type Incident = {
  readonly id: string;
  readonly requestHash: string;
  readonly spaceId: string;
  readonly hostNetworkId: string;
  readonly visitId: string | null;
  readonly personId: string;
  readonly side: Side;
  readonly kind: IncidentKind;
  readonly text: string;
  readonly reportedBy: string;
};
export type Told = Incident & {
  readonly spaceName: string;
  readonly firstName: string | null;
  readonly createdAt: Instant;
  readonly isClosed: boolean;
  readonly answers: readonly { id: string; by: Side; text: string; createdAt: string }[];
};

const SELECT = `
  SELECT incident.id, incident.request_hash AS "requestHash", incident.space_id AS "spaceId",
         incident.host_network_id AS "hostNetworkId", incident.visit_id AS "visitId",
         incident.person_id AS "personId", incident.side, incident.kind, incident.text,
         incident.reported_by AS "reportedBy", incident.created_at AS "createdAt", space.name AS "spaceName",
         coalesce(visit.guest_first_name, (SELECT guest_first_name FROM checkin.visits known
           WHERE known.person_id = incident.person_id AND known.space_id = incident.space_id
           ORDER BY known.started_at DESC LIMIT 1)) AS "firstName",
         closure.incident_id IS NOT NULL AS "isClosed",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', answer.id, 'by', answer.side, 'text', answer.text,
            'createdAt', to_char(answer.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
            ORDER BY answer.created_at, answer.id), '[]') FROM checkin.incident_answers answer
           WHERE answer.incident_id = incident.id) AS answers
    FROM checkin.incidents incident JOIN directory.pub_spaces space ON space.id = incident.space_id
    LEFT JOIN checkin.visits visit ON visit.id = incident.visit_id
    LEFT JOIN checkin.incident_closures closure ON closure.incident_id = incident.id`;
const NEWEST_MAX = 100;

async function select(on: Reader, conditions: string, values: unknown[]): Promise<Told[]> {
  const rows = await sql<Omit<Told, 'createdAt'> & { createdAt: Stamp }>(
    on,
    `${SELECT} ${conditions} ORDER BY incident.id DESC LIMIT ${NEWEST_MAX}`,
    values,
  );
  return rows.map((row) => ({ ...row, createdAt: instantFromDate(row.createdAt) }));
}

export async function findIncident(on: Reader, id: string): Promise<Told | null> {
  return (await select(on, 'WHERE incident.id = $1', [id]))[0] ?? null;
}

export function incidentsOfSpace(on: Reader, spaceId: string): Promise<Told[]> {
  return select(on, 'WHERE incident.space_id = $1', [spaceId]);
}

export function incidentsOfPerson(on: Reader, personId: string): Promise<Told[]> {
  return select(on, 'WHERE incident.person_id = $1', [personId]);
}

export async function insertIncident(tx: Tx, incident: Incident, at: Instant): Promise<void> {
  await sql(
    tx,
    `INSERT INTO checkin.incidents (id, request_hash, space_id, host_network_id, visit_id, person_id, side, kind, text,
       reported_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING`,
    [
      incident.id,
      incident.requestHash,
      incident.spaceId,
      incident.hostNetworkId,
      incident.visitId,
      incident.personId,
      incident.side,
      incident.kind,
      incident.text,
      incident.reportedBy,
      at.toString(),
    ],
  );
}

export type Answer = {
  readonly id: string;
  readonly requestHash: string;
  readonly side: Side;
  readonly text: string;
  readonly by: string;
  readonly at: Instant;
};

/** The request that this id stands for by now: another's is not ours. */
export async function insertAnswer(tx: Tx, incident: Incident, answer: Answer): Promise<string | null> {
  await sql(
    tx,
    `INSERT INTO checkin.incident_answers (id, request_hash, incident_id, host_network_id, person_id, side, text,
       written_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING`,
    [
      answer.id,
      answer.requestHash,
      incident.id,
      incident.hostNetworkId,
      incident.personId,
      answer.side,
      answer.text,
      answer.by,
      answer.at.toString(),
    ],
  );
  const [row] = await sql<{ hash: string }>(
    tx,
    'SELECT request_hash AS hash FROM checkin.incident_answers WHERE id = $1',
    [answer.id],
  );
  return row?.hash ?? null;
}

export async function closeIncident(
  tx: Tx,
  incident: Incident,
  by: { name: string; at: Instant },
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO checkin.incident_closures (incident_id, host_network_id, person_id, closed_by, created_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (incident_id) DO NOTHING`,
    [incident.id, incident.hostNetworkId, incident.personId, by.name, by.at.toString()],
  );
}
