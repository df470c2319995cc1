import { Injectable } from '@nestjs/common';
import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import { demand, Identity, type Actor, type Permission } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import { checkVatNumber, UNION } from '../vat/index.js';
import { SellerProblems } from './duties.problems.js';
import type { PutSellerProfile, SellerPage, SellerQuery, SellerView } from './duties.schema.js';
import { exclusionOf, missingOf } from './seller.rules.js';
import { sellerOf, sellersOf, type SellerRow } from './seller.queries.js';

/** What operators of spaces declare about themselves as sellers, and what is still to be asked for. */
@Injectable()
export class Sellers {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly identity: Identity,
  ) {}

  async list(actor: Actor, query: SellerQuery): Promise<SellerPage> {
    if ('operatorId' in query) {
      const networkId = await this.networkOf(actor, query.operatorId, 'documents:read');
      const row = await this.db.read(withNetworks(actor.scope, networkId), (on) =>
        sellerOf(on, query.operatorId),
      );
      return { items: [sellerView(row!)], next: null };
    }
    const { networkId } = query;
    demand(actor, 'documents:read', { organisationId: networkId, networkId });
    const rows = await this.db.read(withNetworks(actor.scope, networkId), (on) => sellersOf(on, networkId));
    return { items: rows.map(sellerView), next: null };
  }

  /** The newest declaration counts. Data that become whole end the restriction that they were missing for. */
  async declare(actor: Actor, id: string, body: PutSellerProfile): Promise<SellerView> {
    const networkId = await this.networkOf(actor, body.operatorId, 'banking:write');
    const account = body.account && validAccount(body.account);
    const vatNumber = body.vatNumber && validVatNumber(body.vatNumber);
    const hash = requestHash(body);
    return this.db.tx(withNetworks(actor.scope, networkId), async (tx) => {
      const by = { id, networkId, actor: actor.name, hash };
      await this.insert(tx, by, { ...body, account, vatNumber });
      const [stored] = await sql<{ hash: string }>(
        tx,
        'SELECT request_hash AS hash FROM duties.seller_profiles WHERE id = $1',
        [id],
      );
      if (stored?.hash !== hash)
        throw RequestProblems.idReused('A declaration stays what it is: make another one.');
      const view = sellerView((await sellerOf(tx, body.operatorId))!);
      if (view.state === 'INCOMPLETE' || view.restriction?.reason !== 'SELLER_DATA_MISSING') return view;
      await lift(tx, view.restriction.id, { networkId, by: actor.name, now: this.clock.now().toString() });
      return sellerView((await sellerOf(tx, body.operatorId))!);
    });
  }

  /** The network of an operator in the actor's reach. */
  async networkOf(actor: Actor, operatorId: string, permission: Permission): Promise<string> {
    const organisation = await this.db.read(actor.scope, (on) => this.identity.organisation(on, operatorId));
    const { kind, parentId } = organisation;
    if (kind !== 'operator' || !parentId)
      throw SellerProblems.notFound('A seller is an operator of spaces in a network.');
    demand(actor, permission, { organisationId: operatorId, networkId: parentId });
    return parentId;
  }

  private async insert(
    tx: Tx,
    by: { id: string; networkId: string; actor: string; hash: string },
    body: PutSellerProfile,
  ): Promise<void> {
    await sql(
      tx,
      `INSERT INTO duties.seller_profiles (id, operator_id, network_id, is_public_body, legal_name, street, postcode,
         city, country, tin, tin_country, vat_number, registration_number, account, properties, declared_by,
         request_hash, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::jsonb, $16, $17, $18)
       ON CONFLICT (id) DO NOTHING`,
      [
        by.id,
        body.operatorId,
        by.networkId,
        body.isPublicBody,
        body.legalName,
        body.street,
        body.postcode,
        body.city,
        body.country,
        body.tin,
        body.tinCountry,
        body.vatNumber,
        body.registrationNumber,
        body.account,
        JSON.stringify(body.properties),
        by.actor,
        by.hash,
        this.clock.now().toString(),
      ],
    );
  }
}

export function sellerView(row: SellerRow): SellerView {
  const { operator, spaces, profile } = row;
  const countries = [operator.country, profile?.country, ...spaces.map(({ country }) => country)];
  const exclusion = exclusionOf(
    profile,
    countries.flatMap((country) => country ?? []),
    UNION,
  );
  const missing = missingOf(
    profile,
    spaces.map(({ id }) => id),
  );
  const state = exclusion ? 'EXCLUDED' : missing.length > 0 ? 'INCOMPLETE' : 'COMPLETE';
  return { ...row, state, exclusion, missing: exclusion ? [] : missing };
}

/** Once; whoever lifts it again changes nothing. */
export async function lift(
  tx: Tx,
  restrictionId: string,
  of: { networkId: string; by: string; now: string },
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO duties.liftings (restriction_id, network_id, lifted_by, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [restrictionId, of.networkId, of.by, of.now],
  );
}

/** In the scope it is given: for rounds and reports. */
export async function sellerWhole(on: Reader, operatorId: string): Promise<SellerView> {
  return sellerView((await sellerOf(on, operatorId))!);
}

function validAccount(text: string): string {
  const account = electronicFormatIBAN(text);
  if (account && isValidIBAN(account)) return account;
  throw SellerProblems.badAccount(`${text} is no IBAN: one of its characters is another. Copy it again.`);
}

function validVatNumber(text: string): string {
  const verdict = checkVatNumber(text);
  if (verdict.ok) return verdict.number;
  throw SellerProblems.badVatNumber(`${text} cannot be right. Write the country first, as in FR83404833048.`);
}
