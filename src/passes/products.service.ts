import { Injectable } from '@nestjs/common';
import type { OfflinePolicy } from '../kernel/pass-code/credential.js';
import type { Unit } from '../kernel/money.js';
import { amountToWire } from '../kernel/wire.js';
import { demand, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { ProductProblems } from './pass.problems.js';
import { TERMS_COLUMNS, termsOf, type ProductTerms } from './pass.queries.js';
import type { ProductPage, ProductView, PutProduct } from './product.schema.js';

export type Product = ProductTerms & {
  readonly id: string;
  readonly networkId: string;
  readonly name: string;
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

  /** Its terms may change until the first pass is issued from it; afterwards only its name. */
  put(actor: Actor, id: string, body: PutProduct): Promise<ProductView> {
    demand(actor, 'products:write', { networkId: body.networkId });
    return this.db.tx(withNetworks(actor.scope, body.networkId), async (tx) => {
      await checkScope(tx, body.scope);
      await checkClass(tx, id, body);
      if (!(await this.insert(tx, id, body)) && !(await update(tx, id, body))) throw notFound(id);
      return view(await theProduct(tx, id));
    });
  }

  get(id: string): Promise<ProductView> {
    return this.db.read(PUBLIC_SCOPE, async (on) => view(await theProduct(on, id)));
  }

  async list(networkId: string): Promise<ProductPage> {
    const products = await this.db.read(PUBLIC_SCOPE, (on) =>
      sql<Product>(on, `${SELECT} WHERE network_id = $1 ORDER BY id`, [networkId]),
    );
    return { items: products.map(view), next: null };
  }

  private async insert(tx: Tx, id: string, body: PutProduct): Promise<boolean> {
    const rows = await sql(
      tx,
      `INSERT INTO passes.products (id, network_id, ${COLUMNS.join(', ')}, created_at)
       VALUES ($1, $2, ${COLUMNS.map((_, index) => `$${index + 3}`).join(', ')}, $${COLUMNS.length + 3})
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [id, body.networkId, ...values(body), this.clock.now().toString()],
    );
    return rows.length === 1;
  }
}

/** Only a product of the network named: an id of another network's is not found. */
async function update(tx: Tx, id: string, body: PutProduct): Promise<boolean> {
  const [known] = await sql<Product>(tx, `${SELECT} WHERE id = $1 AND network_id = $2 FOR UPDATE`, [
    id,
    body.networkId,
  ]);
  if (!known) return false;
  const isSold = (await sql(tx, 'SELECT FROM passes.passes WHERE product_id = $1 LIMIT 1', [id])).length > 0;
  if (isSold && requestHash(termsOnly(view(known))) !== requestHash(termsOnly(asked(id, body)))) {
    throw ProductProblems.sold('What was sold stays what it is. Make a new product for new terms.');
  }
  const sets = COLUMNS.map((column, index) => `${column} = $${index + 2}`).join(', ');
  await sql(tx, `UPDATE passes.products SET ${sets} WHERE id = $1`, [id, ...values(body)]);
  return true;
}

const COLUMNS = [
  'name',
  'kind',
  'half_days',
  'valid_days',
  'period_months',
  'roll_over',
  'host_cap_half_days',
  'starts',
  'sharing',
  'audience',
  'guests_per_day',
  'pause_days_per_year',
  'pause_extends',
  'price_minor',
  'price_unit',
  'network_ids',
  'space_ids',
  'resource_kinds',
  'product_class',
  'offline',
];

function values({ price, scope, name, productClass, offline, ...body }: PutProduct): unknown[] {
  const terms = termsOf(body);
  return [
    name,
    terms.kind,
    terms.halfDays,
    terms.validDays,
    terms.periodMonths,
    terms.rollOver,
    terms.hostCapHalfDays,
    terms.starts,
    terms.sharing,
    terms.audience,
    terms.guestsPerDay,
    terms.pauseDaysPerYear,
    terms.pauseExtends,
    price.minor,
    price.unit,
    scope.networkIds,
    scope.spaceIds,
    scope.resourceKinds,
    productClass,
    offline,
  ];
}

function asked(id: string, { price, ...body }: PutProduct): ProductView {
  return { ...body, id, price: amountToWire(price) };
}

function termsOnly({ name: _name, ...terms }: ProductView): Omit<ProductView, 'name'> {
  return terms;
}

/** Codes of public agents say what codes of everybody say: never who their employer is. */
async function checkClass(on: Reader, id: string, { audience, networkId, productClass }: PutProduct) {
  if (audience === 'EVERYBODY') return;
  const shared = await sql(
    on,
    `SELECT FROM passes.products
     WHERE network_id = $1 AND product_class = $2 AND audience = 'EVERYBODY' AND id <> $3 LIMIT 1`,
    [networkId, productClass, id],
  );
  if (shared.length > 0) return;
  throw ProductProblems.classReveals('Give it the class of a product that everybody can have.');
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

const SELECT = `SELECT id, network_id AS "networkId", name, ${TERMS_COLUMNS}, price_minor AS "priceMinor",
    price_unit AS "priceUnit", network_ids AS "networkIds", space_ids AS "spaceIds",
    resource_kinds AS "resourceKinds", product_class AS "productClass", offline
  FROM passes.products`;

export async function theProduct(on: Reader, id: string): Promise<Product> {
  const [product] = await sql<Product>(on, `${SELECT} WHERE id = $1`, [id]);
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
