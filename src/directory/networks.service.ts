import { Injectable } from '@nestjs/common';
import { demand, Identity, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { NetworkProblems } from './directory.problems.js';
import type { NetworkPage, NetworkView, PutNetwork } from './directory.schema.js';

const NETWORKS = `SELECT network.id, network.short_id AS "shortId", above.parent_id AS "parentId", above.name,
    above.country, network.unit, party.settlement_profile AS "settlementProfile"
  FROM directory.networks network
  JOIN directory.parties party ON party.id = network.id
  JOIN identity.pub_networks above ON above.id = network.id`;

/** A network clears visits from the moment it has a short id for its passes and a currency. */
@Injectable()
export class Networks {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly identity: Identity,
  ) {}

  put(actor: Actor, id: string, body: PutNetwork): Promise<NetworkView> {
    return this.db.tx(withNetworks(actor.scope, id), async (tx) => {
      const organisation = await this.identity.organisation(tx, id);
      if (organisation.kind !== 'network')
        throw NetworkProblems.notFound(
          `${organisation.name} is not a network. Register one as an organisation first.`,
        );
      demand(actor, 'networks:write', { organisationId: id, networkId: id });
      const isNew = await this.insert(tx, id, body);
      if (isNew) await this.insertParty(tx, id, body, organisation);
      const stored = await this.find(tx, id);
      if (stored.shortId !== body.shortId || stored.unit !== body.unit)
        throw RequestProblems.idReused(
          'The short id and the currency of a network never change: passes carry them.',
        );
      return stored;
    });
  }

  get(id: string): Promise<NetworkView> {
    return this.db.read(PUBLIC_SCOPE, (on) => this.find(on, id));
  }

  list(): Promise<NetworkPage> {
    return this.db.read(PUBLIC_SCOPE, async (on) => ({
      items: await sql<NetworkView>(on, `${NETWORKS} ORDER BY network.id`),
      next: null,
    }));
  }

  private async find(on: Reader, id: string): Promise<NetworkView> {
    const [network] = await sql<NetworkView>(on, `${NETWORKS} WHERE network.id = $1`, [id]);
    if (!network)
      throw NetworkProblems.notFound(`There is no network ${id}. Look it up in GET /v1/networks.`);
    return network;
  }

  private async insert(tx: Tx, id: string, body: PutNetwork): Promise<boolean> {
    try {
      const rows = await sql(
        tx,
        `INSERT INTO directory.networks (id, short_id, unit, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO NOTHING RETURNING id`,
        [id, body.shortId, body.unit, this.clock.now().toString()],
      );
      return rows.length === 1;
    } catch (error) {
      if (!violates(error, 'networks_short_id')) throw error;
      throw NetworkProblems.shortIdTaken(
        `Another network is ${body.shortId} already. Choose another short id.`,
      );
    }
  }

  private async insertParty(
    tx: Tx,
    id: string,
    { unit, settlementProfile }: PutNetwork,
    { name, country }: { name: string; country: string },
  ): Promise<void> {
    await sql(
      tx,
      `INSERT INTO directory.parties (id, kind, network_id, name, country, unit, settlement_profile, created_at)
       VALUES ($1, 'network', $1, $2, $3, $4, $5, $6)`,
      [id, name, country, unit, settlementProfile, this.clock.now().toString()],
    );
  }
}
