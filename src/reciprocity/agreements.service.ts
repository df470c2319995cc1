import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, may, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import {
  findAgreement,
  findAgreements,
  findVersion,
  findVersions,
  viewVersion,
  type Agreement,
} from './agreement.queries.js';
import type {
  AgreementPage,
  AgreementVersionView,
  AgreementView,
  PutAgreement,
  PutAgreementVersion,
  PutSignature,
} from './agreement.schema.js';
import { AgreementProblems } from './reciprocity.problems.js';

/** Writing agreements: somebody of either side writes a version, and it binds once every side signed. */
@Injectable()
export class Agreements {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  async put(actor: Actor, id: string, body: PutAgreement): Promise<AgreementView> {
    const sides = sidesOf(body);
    const own = sides.find((side) => may(actor, 'agreements:write', { networkId: side }));
    demand(actor, 'agreements:write', { networkId: own ?? body.homeNetworkId });
    return this.db.tx(withNetworks(actor.scope, ...sides), async (tx) => {
      const above: string[] = [];
      for (const side of sides) above.push(...(await this.directory.networkChain(tx, side)));
      if (!above.includes(body.clearingNetworkId)) {
        throw AgreementProblems.clearingForeign('Name one of the two networks, or one above them.');
      }
      const hash = requestHash(body);
      await this.insertAgreement(tx, { id, ...body, requestHash: hash });
      const stored = await findAgreement(tx, id);
      if (stored?.requestHash !== hash) throw idReused();
      return viewAgreement(tx, stored);
    });
  }

  list(actor: Actor): Promise<AgreementPage> {
    return this.db.read(actor.scope, async (on) => {
      const reach = await this.reachOf(on, actor);
      const agreements = (await findAgreements(on)).filter((agreement) => sidesOf(agreement).some(reach));
      const items: AgreementView[] = [];
      for (const agreement of agreements) items.push(await viewAgreement(on, agreement));
      return { items, next: null };
    });
  }

  get(actor: Actor, id: string): Promise<AgreementView> {
    return this.db.read(actor.scope, async (on) => viewAgreement(on, await this.visible(on, actor, id)));
  }

  async putVersion(actor: Actor, id: string, body: PutAgreementVersion): Promise<AgreementVersionView> {
    const agreement = await this.db.read(actor.scope, (on) => this.visible(on, actor, body.agreementId));
    const sides = sidesOf(agreement);
    const own = sides.filter((side) => may(actor, 'agreements:write', { networkId: side }));
    demand(actor, 'agreements:write', { networkId: own[0] ?? agreement.homeNetworkId });
    return this.db.tx(withNetworks(actor.scope, ...own), async (tx) => {
      await sql(tx, 'SELECT FROM reciprocity.agreements WHERE id = $1 FOR UPDATE', [agreement.id]);
      const hash = requestHash(body);
      const earlier = await findVersion(tx, id);
      if (earlier && earlier.requestHash !== hash) throw idReused();
      if (!earlier) {
        await this.checkHosts(tx, sides, body);
        await this.insertVersion(tx, agreement, { id, ...body, requestHash: hash });
        for (const side of own) await this.insertSignature(tx, agreement, id, side, actor.name);
      }
      return viewVersion(tx, (await findVersion(tx, id))!);
    });
  }

  /** An act of the network named, by somebody who may act for it. */
  async sign(actor: Actor, id: string, { networkId }: PutSignature): Promise<AgreementVersionView> {
    const agreement = await this.db.read(actor.scope, async (on) => {
      const version = await findVersion(on, id);
      const reach = await this.reachOf(on, actor);
      if (!version || !sidesOf(version).some(reach)) throw versionNotFound(id);
      return findAgreement(on, version.agreementId);
    });
    if (!agreement || !sidesOf(agreement).includes(networkId)) {
      throw AgreementProblems.notASide('Sign for one of the two networks of the agreement.');
    }
    demand(actor, 'agreements:write', { networkId });
    return this.db.tx(withNetworks(actor.scope, networkId), async (tx) => {
      await this.insertSignature(tx, agreement, id, networkId, actor.name);
      return viewVersion(tx, (await findVersion(tx, id))!);
    });
  }

  /** A chapter's people read what their chapter inherits: agreements of the networks above it too. */
  private async reachOf(on: Reader, actor: Actor): Promise<(networkId: string) => boolean> {
    const reached = new Set<string>();
    for (const network of actor.scope.networks) {
      if (reached.has(network)) continue;
      for (const id of await this.directory.networkChain(on, network)) reached.add(id);
    }
    return (networkId) => reached.has(networkId) || may(actor, 'agreements:read', { networkId });
  }

  private async visible(on: Reader, actor: Actor, id: string): Promise<Agreement> {
    const agreement = await findAgreement(on, id);
    const reach = await this.reachOf(on, actor);
    if (!agreement || !sidesOf(agreement).some(reach)) {
      throw AgreementProblems.notFound(`There is no agreement ${id}. Look in GET /v1/agreements.`);
    }
    return agreement;
  }

  /** A rate is what a host of either side earns, in its own currency unless half-days are owed. */
  private async checkHosts(on: Reader, sides: readonly string[], body: PutAgreementVersion): Promise<void> {
    const chains = new Map<string, string[]>();
    for (const rate of body.rates) {
      const space = await this.directory.space(on, rate.hostSpaceId);
      const chain = chains.get(space.networkId) ?? (await this.directory.networkChain(on, space.networkId));
      chains.set(space.networkId, chain);
      if (!sides.some((side) => chain.includes(side))) {
        throw AgreementProblems.hostForeign(`${space.name} is in neither network: leave it out.`);
      }
      if (body.mode !== 'ACCRUAL_IN_KIND' && rate.ratePerHalfDay.unit !== space.unit) {
        throw AgreementProblems.wrongUnit(`${space.name} is paid in ${space.unit}: give its rate in it.`);
      }
    }
  }

  private async insertAgreement(tx: Tx, agreement: Agreement): Promise<void> {
    try {
      await sql(
        tx,
        `INSERT INTO reciprocity.agreements (id, name, home_network_id, host_network_id, clearing_network_id,
           request_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`,
        [
          agreement.id,
          agreement.name,
          agreement.homeNetworkId,
          agreement.hostNetworkId,
          agreement.clearingNetworkId,
          agreement.requestHash,
          this.clock.now().toString(),
        ],
      );
    } catch (error) {
      if (!violates(error, 'agreements_one_per_pair')) throw error;
      throw AgreementProblems.pairTaken('Write a new version of the agreement they have.');
    }
  }

  private async insertVersion(
    tx: Tx,
    { homeNetworkId, hostNetworkId }: Agreement,
    version: PutAgreementVersion & { readonly id: string; readonly requestHash: string },
  ): Promise<void> {
    const now = this.clock.now().toString();
    await sql(
      tx,
      `INSERT INTO reciprocity.agreement_versions (id, agreement_id, home_network_id, host_network_id, number,
         mode, valid_from, free_half_days, cap_half_days_per_person_year, request_hash, created_at)
       SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, count(*) + 1, $5, $6::date, $7::int, $8::int, $9,
              $10::timestamptz
       FROM reciprocity.agreement_versions WHERE agreement_id = $2::uuid`,
      [
        version.id,
        version.agreementId,
        homeNetworkId,
        hostNetworkId,
        version.mode,
        version.validFrom.toString(),
        version.freeHalfDays,
        version.capHalfDaysPerPersonYear,
        version.requestHash,
        now,
      ],
    );
    const rates = version.rates.map(({ hostSpaceId, resourceKind, ratePerHalfDay, freeHalfDays }) => ({
      host_space_id: hostSpaceId,
      resource_kind: resourceKind,
      rate_minor: ratePerHalfDay.minor.toString(),
      unit: ratePerHalfDay.unit,
      free_half_days: freeHalfDays,
    }));
    await sql(
      tx,
      `INSERT INTO reciprocity.rates (version_id, home_network_id, host_network_id, host_space_id,
         resource_kind, rate_minor, unit, free_half_days, created_at)
       SELECT $1::uuid, $2::uuid, $3::uuid, host_space_id, resource_kind, rate_minor, unit, free_half_days,
              $5::timestamptz
       FROM jsonb_to_recordset($4::jsonb) AS rate(host_space_id uuid, resource_kind text, rate_minor bigint,
         unit text, free_half_days int)`,
      [version.id, homeNetworkId, hostNetworkId, JSON.stringify(rates), now],
    );
  }

  private async insertSignature(
    tx: Tx,
    { homeNetworkId, hostNetworkId }: Agreement,
    versionId: string,
    networkId: string,
    signedBy: string,
  ): Promise<void> {
    await sql(
      tx,
      `INSERT INTO reciprocity.signatures (version_id, network_id, home_network_id, host_network_id, signed_by,
         created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [versionId, networkId, homeNetworkId, hostNetworkId, signedBy, this.clock.now().toString()],
    );
  }
}

type Sides = Pick<Agreement, 'homeNetworkId' | 'hostNetworkId'>;

/** One inside a network, two between networks. */
function sidesOf({ homeNetworkId, hostNetworkId }: Sides): string[] {
  return [...new Set([homeNetworkId, hostNetworkId])];
}

async function viewAgreement(on: Reader, agreement: Agreement): Promise<AgreementView> {
  const { requestHash: _hash, ...facts } = agreement;
  const versions: AgreementVersionView[] = [];
  for (const version of await findVersions(on, agreement.id)) versions.push(await viewVersion(on, version));
  return { ...facts, versions };
}

function idReused() {
  return RequestProblems.idReused('This id stands for something else: make a new one and try again.');
}

function versionNotFound(id: string) {
  return AgreementProblems.versionNotFound(`There is no version ${id}. Look in GET /v1/agreements.`);
}
