import { Injectable } from '@nestjs/common';
import { AccessProblems, demand, may, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { Replays, type ReplayPolicy, type WindowReplay } from '../settlement/index.js';
import { compare } from './comparison.rules.js';
import { laboratoryCsv } from './laboratory-csv.js';
import { LaboratoryProblems } from './laboratory.problems.js';
import type {
  LaboratoryResult,
  LaboratoryRunPage,
  LaboratoryRunView,
  Policy,
  PutLaboratoryRun,
} from './laboratory.schema.js';

const CLEARING = namedScope('clearing');

/** Replays past windows under policies that nobody has agreed to yet, and keeps what came out. */
@Injectable()
export class LaboratoryRuns {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly replays: Replays,
  ) {}

  async put(actor: Actor, id: string, body: PutLaboratoryRun): Promise<LaboratoryRunView> {
    const { networkId } = body;
    demandSteward(actor, networkId);
    const hash = requestHash(body);
    const kept = await this.db.read(CLEARING, (on) => runRow(on, id));
    if (!kept) await this.run(actor, id, body, hash);
    else if (kept.requestHash !== hash || kept.networkId !== networkId)
      throw RequestProblems.idReused('This id stands for another run: make a new id.');
    return this.get(actor, id);
  }

  list(actor: Actor, networkId: string): Promise<LaboratoryRunPage> {
    demand(actor, 'windows:read', { networkId });
    return this.db.read(CLEARING, async (on) => ({
      items: await sql<LaboratoryRunPage['items'][number]>(
        on,
        `SELECT ${HEAD} ${FROM} WHERE run.network_id = $1 AND ($2 OR share.created_at IS NOT NULL) ORDER BY run.id DESC`,
        [networkId, isSteward(actor, networkId)],
      ),
      next: null,
    }));
  }

  get(actor: Actor, id: string): Promise<LaboratoryRunView> {
    return this.db.read(CLEARING, async (on) => {
      const row = await runRow(on, id);
      if (!row || !mayRead(actor, row))
        throw LaboratoryProblems.notFound(
          'Check the id; your networks have no such run, or it is not shared.',
        );
      const { requestHash: _hash, ...view } = row;
      return view;
    });
  }

  async csv(actor: Actor, id: string): Promise<string> {
    return laboratoryCsv(await this.get(actor, id));
  }

  /** From now on every member of the network may read it. */
  async share(actor: Actor, id: string): Promise<LaboratoryRunView> {
    const { networkId } = await this.get(actor, id);
    demandSteward(actor, networkId);
    await this.db.tx(CLEARING, (tx) =>
      sql(
        tx,
        `INSERT INTO laboratory.shares (run_id, network_id, shared_by, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING`,
        [id, networkId, actor.name, this.clock.now().toString()],
      ),
    );
    return this.get(actor, id);
  }

  private async run(actor: Actor, id: string, body: PutLaboratoryRun, hash: string): Promise<void> {
    const { networkId, windowIds, policies } = body;
    const result = await this.compareWindows(body);
    const inputsHash = requestHash({ lines: result.windows.map(({ linesHash }) => linesHash), policies });
    await this.db.tx(CLEARING, (tx) =>
      sql(
        tx,
        `INSERT INTO laboratory.runs (id, network_id, window_ids, policies, inputs_hash, result, result_hash, run_by,
           request_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
        [
          id,
          networkId,
          windowIds,
          JSON.stringify(policies),
          inputsHash,
          JSON.stringify(result),
          requestHash(result),
          actor.name,
          hash,
          this.clock.now().toString(),
        ],
      ),
    );
  }

  private async compareWindows({
    networkId,
    windowIds,
    policies,
  }: PutLaboratoryRun): Promise<LaboratoryResult> {
    const replays: WindowReplay[] = [];
    for (const windowId of windowIds) {
      const replay = await this.replays.replay(networkId, windowId, policies.map(replayPolicy));
      if (!replay)
        throw LaboratoryProblems.windowNotClosed(
          'Name windows of this network that are closed and were not aborted.',
          { windowId },
        );
      demandPriced(replay, policies);
      replays.push(replay);
    }
    const ids = [
      ...new Set(
        replays
          .flatMap(({ asItIs, others }) => [asItIs, ...others])
          .flatMap(({ positions, hosts }) => [...positions, ...hosts].map(({ partyId }) => partyId)),
      ),
    ];
    const names = await this.db.read(CLEARING, (on) => partyNames(on, ids));
    return compare(
      replays,
      policies.map(({ name }) => name),
      (partyId) => names.get(partyId) ?? partyId,
    );
  }
}

/** Who prepares a vote: the network's treasurer and its administrators. */
function isSteward(actor: Actor, networkId: string): boolean {
  const at = { organisationId: networkId, networkId };
  return may(actor, 'windows:write', at) || may(actor, 'agreements:write', at);
}

function demandSteward(actor: Actor, networkId: string): void {
  if (!isSteward(actor, networkId))
    throw AccessProblems.denied('The laboratory is for the treasurer and the administrators of the network.');
}

function mayRead(actor: Actor, { networkId, sharedAt }: LaboratoryRunView): boolean {
  return isSteward(actor, networkId) || (sharedAt !== null && may(actor, 'windows:read', { networkId }));
}

function replayPolicy({ name: _name, fixedRates, floors, ...policy }: Policy): ReplayPolicy {
  const byUnit = (amounts: Policy['floors']) =>
    Object.fromEntries(amounts.map(({ unit, minor }) => [unit, minor]));
  return { ...policy, fixedRates: byUnit(fixedRates), floors: byUnit(floors) };
}

function demandPriced({ others }: WindowReplay, policies: readonly Policy[]): void {
  const at = others.findIndex(({ unpriced }) => unpriced.length > 0);
  if (at < 0) return;
  const units = others[at]!.unpriced;
  throw LaboratoryProblems.rateMissing(
    `Visits that were not owed in money have no rate: give ${policies[at]!.name} a fixed rate in ${units.join(', ')}.`,
    { policy: policies[at]!.name, units },
  );
}

async function partyNames(on: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; name: string }>(
    on,
    'SELECT id, name FROM directory.pub_parties WHERE id = ANY ($1::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const HEAD = `run.id, run.network_id AS "networkId", ${instant('run.created_at')} AS "createdAt", run.run_by AS "runBy",
  ${instant('share.created_at')} AS "sharedAt",
  ARRAY(SELECT policy ->> 'name' FROM jsonb_array_elements(run.policies) AS policy) AS "policyNames"`;
const FROM = 'FROM laboratory.runs run LEFT JOIN laboratory.shares share ON share.run_id = run.id';

async function runRow(
  on: Reader,
  id: string,
): Promise<(LaboratoryRunView & { requestHash: string }) | undefined> {
  const [row] = await sql<LaboratoryRunView & { requestHash: string }>(
    on,
    `SELECT ${HEAD}, run.policies, run.inputs_hash AS "inputsHash", run.result_hash AS "resultHash", run.result,
       run.request_hash AS "requestHash" ${FROM} WHERE run.id = $1`,
    [id],
  );
  return row;
}
