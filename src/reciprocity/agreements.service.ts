import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, may, type Actor } from '../identity/index.js';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import {
  insertAgreement,
  insertSignature,
  insertVersion,
  isNoticeTooShort,
  NOTICE_DAYS,
} from './agreement.writes.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import {
  findAgreement,
  findAgreements,
  findChanged,
  findVersion,
  findVersions,
  viewVersion,
  type Agreement,
} from './agreement.queries.js';
import {
  tariffOf,
  type AgreementPage,
  type AgreementVersionView,
  type AgreementView,
  type PutAgreement,
  type PutAgreementEnd,
  type PutAgreementVersion,
  type PutSignature,
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
      await this.checkSpaces(tx, body);
      await this.addAgreement(tx, { id, ...body, requestHash: hash });
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
        await this.addVersion(tx, agreement, { id, ...body, requestHash: hash });
        for (const side of own) await this.addSignature(tx, agreement, id, side, actor.name);
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
      await this.addSignature(tx, agreement, id, networkId, actor.name);
      return viewVersion(tx, (await findVersion(tx, id))!);
    });
  }

  /** Ends it for both sides, with the same notice as changed terms. A new one of the same two may follow. */
  async end(actor: Actor, id: string, { untilDay }: PutAgreementEnd): Promise<AgreementView> {
    const agreement = await this.db.read(actor.scope, (on) => this.visible(on, actor, id));
    const sides = sidesOf(agreement);
    const own = sides.find((side) => may(actor, 'agreements:write', { networkId: side }));
    demand(actor, 'agreements:write', { networkId: own ?? agreement.homeNetworkId });
    const today = this.clock.now().toZonedDateTimeISO('UTC').toPlainDate();
    if (isNoticeTooShort(today, untilDay)) throw noticeTooShort();
    return this.db.tx(withNetworks(actor.scope, ...sides), async (tx) => {
      await sql(tx, 'UPDATE reciprocity.agreements SET until_day = $2 WHERE id = $1 AND until_day IS NULL', [
        id,
        untilDay.toString(),
      ]);
      const stored = (await findAgreement(tx, id))!;
      if (stored.untilDay !== untilDay.toString()) throw idReused();
      return viewAgreement(tx, stored);
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

  /** Spaces that agree between themselves are of the two networks named; each names its own. */
  private async checkSpaces(on: Reader, body: PutAgreement): Promise<void> {
    const { homeSpaceId, hostSpaceId, homeNetworkId, hostNetworkId } = body;
    for (const [spaceId, networkId] of [
      [homeSpaceId, homeNetworkId],
      [hostSpaceId, hostNetworkId],
    ]) {
      if (!spaceId) continue;
      const space = await this.directory.space(on, spaceId);
      if (space.networkId !== networkId)
        throw AgreementProblems.hostForeign(`${space.name} is in another network: name its own.`);
    }
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
      if (body.mode !== 'ACCRUAL_IN_KIND' && tariffOf(rate)?.unit !== space.unit) {
        throw AgreementProblems.wrongUnit(`${space.name} is paid in ${space.unit}: give its rate in it.`);
      }
    }
  }

  private async addAgreement(tx: Tx, agreement: PutAgreement & { id: string; requestHash: string }) {
    try {
      await insertAgreement(tx, agreement, this.clock.now().toString());
    } catch (error) {
      if (!violates(error, 'agreements_never_overlap')) throw error;
      throw AgreementProblems.pairTaken('Write a new version of the agreement they have, or end it first.');
    }
  }

  private async addVersion(tx: Tx, agreement: Agreement, version: NewVersion): Promise<void> {
    try {
      await insertVersion(tx, agreement, version, this.clock.now().toString());
    } catch (error) {
      if (!violates(error, 'rates_not_under_floor')) throw error;
      throw AgreementProblems.underFloor(
        'Raise the rate to the floor its host declared: GET /v1/price-floors.',
      );
    }
  }

  /** The first terms may begin at once; changed ones need notice, counted from this signature. */
  private async addSignature(
    tx: Tx,
    agreement: Agreement,
    versionId: string,
    networkId: string,
    signedBy: string,
  ): Promise<void> {
    const now = this.clock.now();
    const added = await insertSignature(tx, agreement, {
      versionId,
      networkId,
      signedBy,
      now: now.toString(),
    });
    if (!added) return;
    const changed = await findChanged(tx, versionId);
    const today = now.toZonedDateTimeISO('UTC').toPlainDate();
    if (changed && isNoticeTooShort(today, Temporal.PlainDate.from(changed.validFrom)))
      throw noticeTooShort();
  }
}

type NewVersion = PutAgreementVersion & { readonly id: string; readonly requestHash: string };
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

function noticeTooShort() {
  return AgreementProblems.noticeTooShort(
    `Choose a day at least ${NOTICE_DAYS} days after the last side signs: both need the time to prepare.`,
    { noticeDays: NOTICE_DAYS },
  );
}

function idReused() {
  return RequestProblems.idReused('This id stands for something else: make a new one and try again.');
}

function versionNotFound(id: string) {
  return AgreementProblems.versionNotFound(`There is no version ${id}. Look in GET /v1/agreements.`);
}
