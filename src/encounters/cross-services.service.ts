import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import { demand, type Actor } from '../identity/index.js';
import { amount, type Unit } from '../kernel/money.js';
import { dayAt, Temporal } from '../kernel/time.js';
import { amountToWire } from '../kernel/wire.js';
import { isByTime, RESOURCE_KINDS } from '../kernel/words.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { CrossServiceProblems } from './encounters.problems.js';
import type {
  CrossServicePage,
  CrossServiceView,
  PutCrossService,
  PutServiceUse,
  ServiceUsePage,
  ServiceUseView,
} from './together.schema.js';

type Priced = { readonly unit: Unit; readonly minor: string };
type ServiceRow = Omit<CrossServiceView, 'price' | 'isBookable'> & Priced & { readonly requestHash: string };
type UseRow = Omit<ServiceUseView, 'amount'> &
  Priced & {
    readonly requestHash: string;
    readonly networkId: string;
    readonly homeNetworkId: string;
    readonly homeOperatorId: string;
  };

/** What spaces share beside desks, and what guests of other spaces had of it. */
@Injectable()
export class CrossServices {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  async put(actor: Actor, id: string, body: PutCrossService): Promise<CrossServiceView> {
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, body.spaceId));
    demand(actor, 'spaces:write', at(space));
    return this.db.tx(withNetworks(actor.scope, space.networkId), async (tx) => {
      await this.demandPool(tx, space, body.kind);
      try {
        await sql(
          tx,
          `INSERT INTO encounters.cross_services (id, request_hash, space_id, network_id, kind, title, per, unit,
             price_minor, is_offered, valid_from, written_by, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING`,
          [
            id,
            requestHash(body),
            space.id,
            space.networkId,
            body.kind,
            body.title,
            body.per,
            body.price.unit,
            body.price.minor,
            body.isOffered,
            body.validFrom.toString(),
            actor.name,
            this.clock.now().toString(),
          ],
        );
      } catch (error) {
        if (!violates(error, 'cross_services_day')) throw error;
        throw CrossServiceProblems.dayTaken('A price is never written over: choose a later day.');
      }
      const [stored] = await sql<ServiceRow>(tx, `${SERVICE} WHERE service.id = $1`, [id]);
      if (stored!.requestHash !== requestHash(body))
        throw RequestProblems.idReused('This id stands for another service.');
      return serviceView(stored!);
    });
  }

  /** All that is offered today. */
  list(): Promise<CrossServicePage> {
    const today = dayAt(this.clock.now(), 'UTC').toString();
    return this.db.read(PUBLIC_SCOPE, async (on) => {
      const rows = await sql<ServiceRow>(on, `${IN_FORCE} ORDER BY space ->> 'name', kind`, [today]);
      return { items: rows.map(serviceView), next: null };
    });
  }

  async stateUse(actor: Actor, id: string, body: PutServiceUse): Promise<ServiceUseView> {
    if (body.hostSpaceId === body.homeSpaceId)
      throw CrossServiceProblems.ownSpace('Name the space the guest came from.');
    const [host, home] = await this.db.read(
      actor.scope,
      async (on) =>
        [
          await this.directory.space(on, body.hostSpaceId),
          await this.directory.space(on, body.homeSpaceId),
        ] as const,
    );
    demand(actor, 'visits:write', at(host));
    if (Temporal.PlainDate.compare(body.day, dayAt(this.clock.now(), host.timeZone)) > 0)
      throw CrossServiceProblems.notYet('State what a guest had once they had it.');
    return this.db.tx(withNetworks(actor.scope, host.networkId), async (tx) => {
      const [service] = await sql<ServiceRow>(tx, `${IN_FORCE} AND kind = $2 AND space ->> 'id' = $3`, [
        body.day.toString(),
        body.kind,
        host.id,
      ]);
      if (!service)
        throw CrossServiceProblems.notOffered('Write down its price first: PUT /v1/cross-services/{id}.');
      await sql(
        tx,
        `INSERT INTO encounters.service_uses (id, request_hash, service_id, network_id, host_space_id, home_space_id,
           home_network_id, day, quantity, unit, amount_minor, stated_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING`,
        [
          id,
          requestHash(body),
          service.id,
          host.networkId,
          host.id,
          home.id,
          home.networkId,
          body.day.toString(),
          body.quantity,
          service.unit,
          BigInt(service.minor) * BigInt(body.quantity),
          actor.name,
          this.clock.now().toString(),
        ],
      );
      const stored = (await useOf(tx, id))!;
      if (stored.requestHash !== requestHash(body))
        throw RequestProblems.idReused('This id stands for another use.');
      return useView(stored);
    });
  }

  /** By the guest's home space, which owes it. */
  confirmUse(actor: Actor, id: string): Promise<ServiceUseView> {
    return this.db.tx(actor.scope, async (tx) => {
      const use = await useOf(tx, id);
      if (!use) throw useNotFound();
      demand(actor, 'spaces:write', { organisationId: use.homeOperatorId, networkId: use.homeNetworkId });
      await sql(
        tx,
        `INSERT INTO encounters.service_use_confirmations (use_id, network_id, home_network_id, confirmed_by, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
        [id, use.networkId, use.homeNetworkId, actor.name, this.clock.now().toString()],
      );
      return useView((await useOf(tx, id))!);
    });
  }

  usesOf(actor: Actor, spaceId: string): Promise<ServiceUsePage> {
    return this.db.read(actor.scope, async (on) => {
      const space = await this.directory.space(on, spaceId);
      demand(actor, 'agreements:read', at(space));
      const rows = await sql<UseRow>(on, `${USE} WHERE $1 IN (host.id, home.id) ORDER BY day DESC, used.id`, [
        spaceId,
      ]);
      return { items: rows.map(useView), next: null };
    });
  }

  /** What is booked like a desk must be there to be booked. */
  private async demandPool(on: Reader, space: Space, kind: PutCrossService['kind']): Promise<void> {
    if (!isBookable(kind)) return;
    const pools =
      'SELECT 1 FROM directory.pub_pools WHERE space_id = $1 AND resource_kind = $2 AND capacity > 0 LIMIT 1';
    const [pool] = await sql(on, pools, [space.id, kind]);
    if (!pool) throw CrossServiceProblems.noPool(`Add a pool of ${kind} first: PUT /v1/pools/{id}.`);
  }
}

export function isBookable(kind: string): boolean {
  return RESOURCE_KINDS.some((known) => known === kind && isByTime(known));
}

export const SPACE_JSON = (alias: string) =>
  `json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'city', ${alias}.city, 'country', ${alias}.country)`;

const SERVICE = `
  SELECT service.id, ${SPACE_JSON('space')} AS space, service.kind, title, per, service.unit, price_minor::text AS minor,
    valid_from::text AS "validFrom", request_hash AS "requestHash"
  FROM encounters.cross_services service JOIN directory.pub_spaces space ON space.id = service.space_id`;

/** Of each space and kind the latest version that holds on day $1, when it is on offer and the space is shown. */
const IN_FORCE = `
  SELECT * FROM (
    SELECT DISTINCT ON (service.space_id, service.kind) service.id, ${SPACE_JSON('space')} AS space, service.kind, title,
      per, service.unit, price_minor::text AS minor, valid_from::text AS "validFrom", request_hash AS "requestHash",
      is_offered AND space.visibility = 'public' AS shown
    FROM encounters.cross_services service JOIN directory.pub_spaces space ON space.id = service.space_id
    WHERE valid_from <= $1::date ORDER BY service.space_id, service.kind, valid_from DESC) latest
  WHERE shown`;

const USE = `
  SELECT used.id, service.kind, ${SPACE_JSON('host')} AS host, ${SPACE_JSON('home')} AS home, day::text AS day, quantity,
    used.unit, amount_minor::text AS minor, used.request_hash AS "requestHash", used.network_id AS "networkId",
    used.home_network_id AS "homeNetworkId", home.operator_id AS "homeOperatorId",
    CASE WHEN confirmed.use_id IS NULL THEN 'STATED' ELSE 'CONFIRMED' END AS state
  FROM encounters.service_uses used
  JOIN encounters.cross_services service ON service.id = used.service_id
  JOIN directory.pub_spaces host ON host.id = used.host_space_id
  JOIN directory.pub_spaces home ON home.id = used.home_space_id
  LEFT JOIN encounters.service_use_confirmations confirmed ON confirmed.use_id = used.id`;

async function useOf(on: Reader, id: string): Promise<UseRow | null> {
  const [row] = await sql<UseRow>(on, `${USE} WHERE used.id = $1`, [id]);
  return row ?? null;
}

function serviceView({ id, space, kind, title, per, unit, minor, validFrom }: ServiceRow): CrossServiceView {
  const price = amountToWire(amount(unit, BigInt(minor)));
  return { id, space, kind, title, per, price, validFrom, isBookable: isBookable(kind) };
}

function useView({ id, kind, host, home, day, quantity, unit, minor, state }: UseRow): ServiceUseView {
  return { id, kind, host, home, day, quantity, amount: amountToWire(amount(unit, BigInt(minor))), state };
}

function at({ operatorId, networkId }: Space): { organisationId: string; networkId: string } {
  return { organisationId: operatorId, networkId };
}

function useNotFound() {
  return CrossServiceProblems.useNotFound('Look it up in GET /v1/service-uses of your space.');
}
