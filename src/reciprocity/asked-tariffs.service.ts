import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, type Actor } from '../identity/index.js';
import type { Unit } from '../kernel/money.js';
import { instantFromDate } from '../kernel/time.js';
import { tariffFromWire, tariffToWire } from '../kernel/wire.js';
import type { ResourceKind } from '../kernel/words.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import type { AskedTariffPage, AskedTariffView, PutAskedTariff } from './asked-tariff.schema.js';
import { AskedTariffProblems } from './reciprocity.problems.js';
import { TARIFF_COLUMNS, tariffFromRow, type TariffRow } from './tariff.rows.js';

/** What hosts ask: their word to those who write the agreements. Asking anew adds; nothing is taken away. */
@Injectable()
export class AskedTariffs {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  async put(actor: Actor, id: string, body: PutAskedTariff): Promise<AskedTariffView> {
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, body.hostSpaceId));
    demand(actor, 'spaces:write', { organisationId: space.operatorId, networkId: space.networkId });
    const { unit } = body.tariff.rate;
    if (unit !== space.unit)
      throw AskedTariffProblems.wrongUnit(`${space.name} is paid in ${space.unit}: ask in it.`);
    const hash = requestHash(body);
    const tariff = tariffFromWire(body.tariff);
    return this.db.tx(withNetworks(actor.scope, space.networkId), async (tx) => {
      await sql(tx, INSERT, [
        id,
        space.id,
        space.networkId,
        body.resourceKind,
        unit,
        tariff.per,
        tariff.rateMinor.toString(),
        tariff.stepMinutes,
        tariff.minimumMinutes,
        tariff.dayMaxMinor?.toString() ?? null,
        tariff.graceMinutes,
        actor.name,
        hash,
        this.clock.now().toString(),
      ]);
      const [stored] = await asked(tx, 'rate.id', id);
      if (stored?.requestHash !== hash)
        throw RequestProblems.idReused('This id stands for another tariff: make a new one.');
      return viewOf(stored);
    });
  }

  list(actor: Actor, hostSpaceId: string): Promise<AskedTariffPage> {
    return this.db.read(actor.scope, async (on) => {
      const { id } = await this.directory.space(on, hostSpaceId);
      return { items: (await asked(on, 'host_space_id', id)).map(viewOf), next: null };
    });
  }
}

type Row = TariffRow & {
  readonly id: string;
  readonly hostSpaceId: string;
  readonly resourceKind: ResourceKind;
  readonly unit: Unit;
  readonly requestHash: string;
  readonly createdAt: Parameters<typeof instantFromDate>[0];
};

const INSERT = `
  INSERT INTO reciprocity.asked_tariffs (id, host_space_id, host_network_id, resource_kind, unit, per, rate_minor,
    step_minutes, minimum_minutes, day_max_minor, grace_minutes, asked_by, request_hash, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (id) DO NOTHING`;

/** The last of each kind: ids sort by the moment they were made. */
function asked(on: Reader, column: 'rate.id' | 'host_space_id', value: string): Promise<Row[]> {
  return sql<Row>(
    on,
    `SELECT DISTINCT ON (resource_kind) rate.id, host_space_id AS "hostSpaceId", resource_kind AS "resourceKind", unit,
       request_hash AS "requestHash", created_at AS "createdAt", ${TARIFF_COLUMNS}
     FROM reciprocity.asked_tariffs rate WHERE ${column} = $1 ORDER BY resource_kind, created_at DESC, rate.id DESC`,
    [value],
  );
}

function viewOf({ id, hostSpaceId, resourceKind, unit, createdAt, ...row }: Row): AskedTariffView {
  return {
    id,
    hostSpaceId,
    resourceKind,
    tariff: tariffToWire(unit, tariffFromRow(row)),
    askedAt: instantFromDate(createdAt).toString(),
  };
}
