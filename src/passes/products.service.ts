import { Injectable } from '@nestjs/common';
import type { OfflinePolicy } from '../kernel/pass-code/credential.js';
import type { Unit } from '../kernel/money.js';
import { amountToWire } from '../kernel/wire.js';
import { demand, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { ProductProblems } from './pass.problems.js';
import type { ProductView, PutProduct } from './pass.schema.js';

export type Product = {
  readonly id: string;
  readonly networkId: string;
  readonly name: string;
  readonly halfDays: number;
  readonly validDays: number;
  readonly priceMinor: string;
  readonly priceUnit: Unit;
  readonly networkIds: string[];
  readonly spaceIds: string[];
  readonly resourceKinds: ProductView['scope']['resourceKinds'];
  readonly productClass: number;
  readonly offline: OfflinePolicy;
};

/** What passes are issued from. A product may change; what was issued from it does not. */
@Injectable()
export class Products {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  put(actor: Actor, id: string, body: PutProduct): Promise<ProductView> {
    demand(actor, 'products:write', { networkId: body.networkId });
    return this.db.tx(withNetworks(actor.scope, body.networkId), async (tx) => {
      await checkScope(tx, body.scope);
      if (!(await this.insert(tx, id, body)) && !(await update(tx, id, body))) throw notFound(id);
      return view(await theProduct(tx, id));
    });
  }

  get(id: string): Promise<ProductView> {
    return this.db.read(PUBLIC_SCOPE, async (on) => view(await theProduct(on, id)));
  }

  private async insert(tx: Tx, id: string, body: PutProduct): Promise<boolean> {
    const rows = await sql(
      tx,
      `INSERT INTO passes.products (id, network_id, name, half_days, valid_days, price_minor, price_unit,
         network_ids, space_ids, resource_kinds, product_class, offline, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [...values(id, body), this.clock.now().toString()],
    );
    return rows.length === 1;
  }
}

/** Only a product of the network named: an id of another network's is not found. */
async function update(tx: Tx, id: string, body: PutProduct): Promise<boolean> {
  const rows = await sql(
    tx,
    `UPDATE passes.products SET name = $3, half_days = $4, valid_days = $5, price_minor = $6, price_unit = $7,
       network_ids = $8, space_ids = $9, resource_kinds = $10, product_class = $11, offline = $12
     WHERE id = $1 AND network_id = $2 RETURNING id`,
    values(id, body),
  );
  return rows.length === 1;
}

function values(id: string, { networkId, price, scope, ...product }: PutProduct): unknown[] {
  return [
    id,
    networkId,
    product.name,
    product.halfDays,
    product.validDays,
    price.minor,
    price.unit,
    scope.networkIds,
    scope.spaceIds,
    scope.resourceKinds,
    product.productClass,
    product.offline,
  ];
}

/** Arrays have no foreign keys: what the scope names must exist. */
async function checkScope(on: Reader, { networkIds, spaceIds }: PutProduct['scope']): Promise<void> {
  const unknown = await sql(
    on,
    `SELECT FROM unnest($1::uuid[], $2::text[]) AS named(id, kind)
     WHERE NOT EXISTS (SELECT FROM directory.pub_parties party WHERE party.id = named.id AND party.kind = named.kind)`,
    [
      [...networkIds, ...spaceIds],
      [...networkIds.map(() => 'network'), ...spaceIds.map(() => 'space')],
    ],
  );
  if (unknown.length > 0) {
    throw ProductProblems.scopeUnknown('Look networks and spaces up in GET /v1/networks and GET /v1/spaces.');
  }
}

export async function theProduct(on: Reader, id: string): Promise<Product> {
  const [product] = await sql<Product>(
    on,
    `SELECT id, network_id AS "networkId", name, half_days AS "halfDays", valid_days AS "validDays",
            price_minor AS "priceMinor", price_unit AS "priceUnit", network_ids AS "networkIds",
            space_ids AS "spaceIds", resource_kinds AS "resourceKinds", product_class AS "productClass", offline
     FROM passes.products WHERE id = $1`,
    [id],
  );
  if (!product) throw notFound(id);
  return product;
}

function view(product: Product): ProductView {
  const { priceMinor, priceUnit, networkIds, spaceIds, resourceKinds, ...facts } = product;
  const price = amountToWire({ unit: priceUnit, minor: BigInt(priceMinor) });
  return { ...facts, price, scope: { networkIds, spaceIds, resourceKinds } };
}

function notFound(id: string) {
  return ProductProblems.notFound(`There is no product ${id} of this network.`);
}
