import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, may, type Actor } from '../identity/index.js';
import { instantFromDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RateLimit } from '../platform/http/rate-limit.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import type {
  CorrectionPage,
  CorrectionsQuery,
  CorrectionView,
  PutCorrection,
  PutCorrectionDecision,
} from './correction.schema.js';
import { CorrectionProblems, EntryProblems } from './data-bank.problems.js';
import { entryOf } from './entries.queries.js';

const CATALOGUE = namedScope('catalogue');
const PAGE_SIZE = 50;
const REQUESTS_PER_HOUR = 30;

type Moment = Parameters<typeof instantFromDate>[0];
type Row = Omit<CorrectionView, 'requestedAt' | 'decidedAt' | 'mayDecide'> & {
  readonly requestHash: string;
  readonly requestedAt: Moment;
  readonly decidedAt: Moment | null;
  readonly operatorId: string | null;
  readonly networkId: string | null;
};

/** What is said to be wrong, and what came of it. */
@Injectable()
export class Corrections {
  private readonly limit = new RateLimit({ attemptsMax: REQUESTS_PER_HOUR, windowSeconds: 3600 });

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  /** By anybody, signed in or not. */
  async request(visitor: Actor | null, id: string, body: PutCorrection, ip: string): Promise<CorrectionView> {
    this.limit.count(ip);
    const by = visitor?.name ?? 'public';
    const stored = await this.db
      .tx(CATALOGUE, (tx) => this.add(tx, by, id, body))
      .catch((error: unknown) => {
        if (!violates(error, 'corrections_once')) throw error;
        throw CorrectionProblems.askedBefore(
          'Its answer, or that it waits for one, is in GET /v1/data-bank/corrections.',
        );
      });
    return correctionView(visitor, stored);
  }

  async list(visitor: Actor | null, query: CorrectionsQuery): Promise<CorrectionPage> {
    const rows = await this.db.read(CATALOGUE, (on) =>
      sql<Row>(
        on,
        `${CORRECTION} WHERE ($1::text IS NULL OR coalesce(outcome, 'REQUESTED') = $1)
           AND ($2::uuid IS NULL OR coalesce(place_id, correction.space_id) = $2)
           AND ($3::uuid IS NULL OR correction.id < $3) ORDER BY correction.id DESC LIMIT ${PAGE_SIZE + 1}`,
        [query.state ?? null, query.entryId ?? null, query.after ?? null],
      ),
    );
    const items = rows.slice(0, PAGE_SIZE).map((row) => correctionView(visitor, row));
    return { items, next: rows.length > PAGE_SIZE ? items.at(-1)!.id : null };
  }

  /** A space answers for itself; for a place that belongs to nobody, whoever administers a network. */
  decide(actor: Actor, id: string, body: PutCorrectionDecision): Promise<CorrectionView> {
    return this.db.tx(CATALOGUE, async (tx) => {
      const row = await correctionOf(tx, id);
      if (!row) throw CorrectionProblems.notFound('Look it up in GET /v1/data-bank/corrections.');
      demand(actor, row.operatorId ? 'spaces:write' : 'networks:write', whereOf(row));
      if (body.outcome !== 'REFUSED' && (body.outcome === 'WITHDRAWN') !== (row.field === 'existence'))
        throw CorrectionProblems.outcomeUnfit(
          'What is not there is WITHDRAWN; a field that is wrong is CORRECTED.',
        );
      const { outcome, reason } = body;
      await sql(
        tx,
        `INSERT INTO data_bank.correction_decisions (correction_id, field, network_id, outcome, reason, decided_by,
           created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
        [id, row.field, row.networkId, outcome, reason, actor.name, this.clock.now().toString()],
      );
      const decided = (await correctionOf(tx, id))!;
      if (decided.state !== outcome || decided.reason !== reason)
        throw CorrectionProblems.decided(`It is ${decided.state}: ${decided.reason}`, {
          state: decided.state,
        });
      return correctionView(actor, decided);
    });
  }

  private async add(tx: Tx, by: string, id: string, body: PutCorrection): Promise<Row> {
    const entry = await entryOf(tx, { id: body.entryId });
    if (!entry) throw EntryProblems.notFound('Only what is published can be corrected.');
    const isSpace = entry.kind === 'SPACE';
    const { networkId } = isSpace ? await this.directory.space(tx, entry.id) : { networkId: null };
    await sql(
      tx,
      `INSERT INTO data_bank.corrections (id, request_hash, place_id, space_id, network_id, field, proposed, note,
         requested_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
      [
        id,
        requestHash(body),
        isSpace ? null : entry.id,
        isSpace ? entry.id : null,
        networkId,
        body.field,
        body.proposed,
        body.note,
        by,
        this.clock.now().toString(),
      ],
    );
    const stored = (await correctionOf(tx, id))!;
    if (stored.requestHash !== requestHash(body))
      throw RequestProblems.idReused('This id stands for another correction.');
    return stored;
  }
}

const CORRECTION = `
  SELECT correction.id, coalesce(place_id, correction.space_id) AS "entryId", coalesce(place.name, space.name) AS name,
    correction.field, coalesce(outcome, 'REQUESTED') AS state, proposed, note, reason,
    correction.request_hash AS "requestHash", correction.created_at AS "requestedAt",
    decision.created_at AS "decidedAt", space.operator_id AS "operatorId", correction.network_id AS "networkId"
  FROM data_bank.corrections correction
  LEFT JOIN data_bank.correction_decisions decision ON decision.correction_id = correction.id
  LEFT JOIN directory.pub_places place ON place.id = correction.place_id
  LEFT JOIN directory.pub_spaces space ON space.id = correction.space_id`;

async function correctionOf(on: Reader, id: string): Promise<Row | null> {
  const [row] = await sql<Row>(on, `${CORRECTION} WHERE correction.id = $1`, [id]);
  return row ?? null;
}

function whereOf({ operatorId, networkId }: Row): { organisationId?: string; networkId?: string } {
  return operatorId && networkId ? { organisationId: operatorId, networkId } : {};
}

function correctionView(visitor: Actor | null, row: Row): CorrectionView {
  const { requestHash: _hash, operatorId, networkId: _network, requestedAt, decidedAt, ...view } = row;
  const mayDecide =
    visitor !== null && may(visitor, operatorId ? 'spaces:write' : 'networks:write', whereOf(row));
  const isShown = mayDecide || view.state === 'CORRECTED' || view.state === 'WITHDRAWN';
  return {
    ...view,
    proposed: isShown ? view.proposed : null,
    note: isShown ? view.note : null,
    requestedAt: instantFromDate(requestedAt).toString(),
    decidedAt: decidedAt && instantFromDate(decidedAt).toString(),
    mayDecide,
  };
}
