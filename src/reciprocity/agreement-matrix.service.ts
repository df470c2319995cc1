import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, type Actor } from '../identity/index.js';
import { rateViews } from './rate.views.js';
import { Db, sql, type Reader } from '../platform/db.js';
import type { AgreementMatrixView, MatrixCell, MatrixQuery } from './floor.schema.js';
import { offersAt } from './reciprocity.queries.js';
import { pickOffer, type Offer } from './terms.rules.js';
import type { ResourceKind } from '../kernel/words.js';

type Host = { readonly spaceId: string; readonly name: string; readonly networkId: string };
type Rated = Host & { readonly resourceKind: ResourceKind };

/** Who accepts whom, and on which terms: for a network and its chapters, every host some agreement names. */
@Injectable()
export class AgreementMatrix {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
  ) {}

  get(actor: Actor, { networkId, day }: MatrixQuery): Promise<AgreementMatrixView> {
    demand(actor, 'agreements:read', { networkId });
    return this.db.read(actor.scope, async (on) => {
      const items: MatrixCell[] = [];
      const chains = new Map<string, string[]>();
      const chainOf = async (id: string) => {
        const known = chains.get(id) ?? (await this.directory.networkChain(on, id));
        chains.set(id, known);
        return known;
      };
      const homes = await networksBelow(on, networkId);
      const homeNetworks = (await Promise.all(homes.map(chainOf))).flat();
      for (const host of await ratedHosts(on)) {
        const hostChain = await chainOf(host.networkId);
        const networks = [...new Set([...homeNetworks, ...hostChain])];
        const { spaceId: hostSpaceId, resourceKind } = host;
        const offers = await offersAt(on, { networks, hostSpaceId, resourceKind, day: day.toString() });
        for (const homeNetworkId of homes) {
          const homeChain = await chainOf(homeNetworkId);
          const cell = cellOf(host, pickOffer(offers, { homeChain, hostChain, day }));
          if (cell) items.push({ homeNetworkId, ...cell });
        }
      }
      return { items, next: null };
    });
  }
}

function cellOf(host: Rated, offer: Offer | null): Omit<MatrixCell, 'homeNetworkId'> | null {
  if (!offer) return null;
  const { terms, sides } = offer;
  return {
    hostNetworkId: host.networkId,
    hostSpaceId: host.spaceId,
    hostSpaceName: host.name,
    resourceKind: host.resourceKind,
    agreementId: terms.agreementId,
    agreementVersionId: terms.versionId,
    agreementNetworkIds: [...new Set(sides)],
    mode: terms.mode,
    ...rateViews(terms),
    freeHalfDays: terms.freeHalfDays,
  };
}

async function networksBelow(on: Reader, networkId: string): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    on,
    `WITH RECURSIVE below AS (
       SELECT id FROM identity.pub_networks WHERE id = $1
       UNION ALL
       SELECT network.id FROM identity.pub_networks network JOIN below ON network.parent_id = below.id)
     SELECT id FROM below ORDER BY id`,
    [networkId],
  );
  return rows.map(({ id }) => id);
}

function ratedHosts(on: Reader): Promise<Rated[]> {
  return sql<Rated>(
    on,
    `SELECT DISTINCT space.id AS "spaceId", space.name, space.network_id AS "networkId",
       rate.resource_kind AS "resourceKind"
     FROM reciprocity.rates rate JOIN directory.pub_spaces space ON space.id = rate.host_space_id
     ORDER BY space.name, space.id, rate.resource_kind`,
  );
}
