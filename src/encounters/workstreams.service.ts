import { Injectable } from '@nestjs/common';
import { demand, demandPerson, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import {
  WORKSTREAMS,
  type PutWorkstreamEntry,
  type PutWorkstreamMember,
  type WorkstreamPage,
  type WorkstreamView,
} from './people.schema.js';
import { PROPOSITIONS } from './workstreams.data.js';

const CATALOGUE = namedScope('catalogue');
type Workstream = WorkstreamView['workstream'];
type EntryRow = WorkstreamView['entries'][number] & { readonly workstream: Workstream };

/** Working groups: who is in them, and what they wrote down. */
@Injectable()
export class Workstreams {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  list(visitor: Actor | null): Promise<WorkstreamPage> {
    return this.db.read(CATALOGUE, (on) => page(on, visitor));
  }

  write(actor: Actor, workstream: Workstream, id: string, body: PutWorkstreamEntry): Promise<WorkstreamPage> {
    demand(actor, 'encounters:write', { organisationId: body.networkId, networkId: body.networkId });
    return this.db.tx({ ...CATALOGUE, networks: [body.networkId] }, async (tx) => {
      const hash = requestHash({ workstream, ...body });
      await sql(
        tx,
        `INSERT INTO encounters.workstream_entries (id, request_hash, workstream, network_id, kind, text, written_by,
           created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
        [id, hash, workstream, body.networkId, body.kind, body.text, actor.name, this.clock.now().toString()],
      );
      const [stored] = await sql<{ hash: string }>(
        tx,
        'SELECT request_hash AS hash FROM encounters.workstream_entries WHERE id = $1',
        [id],
      );
      if (stored!.hash !== hash) throw RequestProblems.idReused('This id stands for another entry.');
      return page(tx, actor);
    });
  }

  /** Everybody who is in the network may take part. */
  join(actor: Actor, workstream: Workstream, { networkId }: PutWorkstreamMember): Promise<WorkstreamPage> {
    const personId = demandPerson(actor);
    demand(actor, 'places:read', { networkId });
    return this.db.tx(CATALOGUE, async (tx) => {
      await sql(
        tx,
        `INSERT INTO encounters.workstream_members (workstream, network_id, person_id, created_at)
         VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
        [workstream, networkId, personId, this.clock.now().toString()],
      );
      return page(tx, actor);
    });
  }

  leave(actor: Actor, workstream: Workstream): Promise<WorkstreamPage> {
    const personId = demandPerson(actor);
    return this.db.tx(CATALOGUE, async (tx) => {
      const gone = 'DELETE FROM encounters.workstream_members WHERE workstream = $1 AND person_id = $2';
      await sql(tx, gone, [workstream, personId]);
      return page(tx, actor);
    });
  }
}

async function page(on: Reader, visitor: Actor | null): Promise<WorkstreamPage> {
  const entries = await sql<EntryRow>(
    on,
    `SELECT entry.id, workstream, entry.kind, text, network.name AS network,
       to_char(entry.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day
     FROM encounters.workstream_entries entry JOIN identity.pub_networks network ON network.id = entry.network_id
     ORDER BY entry.created_at DESC, entry.id DESC`,
  );
  const members = await sql<{ workstream: Workstream; members: number; mine: boolean }>(
    on,
    `SELECT workstream, count(DISTINCT person_id)::int AS members, bool_or(person_id = $1::uuid) AS mine
     FROM encounters.workstream_members GROUP BY workstream`,
    [visitor?.personId ?? null],
  );
  const items = WORKSTREAMS.map((workstream) => {
    const own = entries.filter((entry) => entry.workstream === workstream);
    const group = members.find((row) => row.workstream === workstream);
    return {
      workstream,
      ...PROPOSITIONS[workstream],
      state: stateOf(own),
      members: group?.members ?? 0,
      isMember: group?.mine ?? false,
      entries: own.map(({ workstream: _of, ...entry }) => entry),
    };
  });
  return { items, next: null };
}

function stateOf(entries: readonly EntryRow[]): WorkstreamView['state'] {
  if (entries.some(({ kind }) => kind === 'DECISION')) return 'DECIDED';
  return entries.length > 0 ? 'AT_WORK' : 'PROPOSED';
}
