import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, type Actor } from '../identity/index.js';
import type { PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { atNetwork, FourEyes } from './four-eyes.service.js';
import { RulesProblems } from './treasury.problems.js';
import type {
  NetworkRulesPage,
  NetworkRulesView,
  PartyRulesPage,
  PartyRulesView,
  PutNetworkRules,
  PutPartyRules,
  PutStanding,
  StandingPage,
  StandingView,
} from './treasury.schema.js';

const CLEARING = namedScope('clearing');
export type NetworkRules = NetworkRulesView;
type Kind = 'network_rules' | 'party_rules' | 'standings';

/** Rules in dated versions: a new one is written beside the old, and begins on its day. */
@Injectable()
export class TreasuryRules {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly clock: Clock,
    private readonly fourEyes: FourEyes,
  ) {}

  /** Null for a network that wrote none: then it closes when it likes, each currency by itself. */
  async ofNetwork(on: Reader, networkId: string, day: PlainDate): Promise<NetworkRules | null> {
    const [rules] = await sql<NetworkRules>(
      on,
      `${NETWORK_RULES} WHERE network_id = $1 AND from_day <= $2 ORDER BY from_day DESC LIMIT 1`,
      [networkId, day.toString()],
    );
    return rules ?? null;
  }

  /** Where the rules ask for two people, throws unless two have said yes. */
  async demandApproval(
    on: Reader,
    rules: NetworkRules | null,
    act: { readonly networkId: string; readonly act: 'CLOSE_WINDOW' | 'PAY'; readonly subject: string },
  ): Promise<void> {
    if (rules?.fourEyes) await this.fourEyes.demand(on, act);
  }

  async putNetwork(actor: Actor, id: string, body: PutNetworkRules): Promise<NetworkRulesView> {
    const {
      networkId,
      fromDay,
      cadence,
      disputeDays,
      settleDays,
      clearanceUnit,
      fourEyes,
      collects,
      yearlyDues,
    } = body;
    const columns = {
      network_id: networkId,
      from_day: fromDay.toString(),
      cadence,
      dispute_days: disputeDays,
      settle_days: settleDays,
      clearance_unit: clearanceUnit,
      four_eyes: fourEyes,
      ...(collects && { collects }),
      dues_minor: yearlyDues.minor,
      dues_unit: yearlyDues.unit,
    };
    if (collects)
      await this.db.read(CLEARING, (on) =>
        this.fourEyes.demand(on, { networkId, act: 'COLLECT', subject: id }),
      );
    return this.put<NetworkRulesView>(actor, {
      id,
      networkId,
      kind: 'network_rules',
      columns,
      select: NETWORK_RULES,
    });
  }

  async putParty(actor: Actor, id: string, body: PutPartyRules): Promise<PartyRulesView> {
    const { networkId, partyId, fromDay, vatMode, vatBps, debitCeiling } = body;
    const columns = {
      network_id: networkId,
      party_id: partyId,
      from_day: fromDay.toString(),
      vat_mode: vatMode,
      vat_bps: vatBps,
      ceiling_minor: debitCeiling?.minor ?? null,
      ceiling_unit: debitCeiling?.unit ?? null,
    };
    await this.db.read(CLEARING, (on) => this.directory.party(on, partyId));
    return this.put<PartyRulesView>(actor, {
      id,
      networkId,
      kind: 'party_rules',
      columns,
      select: PARTY_RULES,
    });
  }

  async putStanding(actor: Actor, id: string, body: PutStanding): Promise<StandingView> {
    const { networkId, partyId, fromDay, standing, reason } = body;
    const columns = {
      network_id: networkId,
      party_id: partyId,
      from_day: fromDay.toString(),
      standing,
      reason,
    };
    await this.db.read(CLEARING, (on) => this.directory.party(on, partyId));
    return this.put<StandingView>(actor, { id, networkId, kind: 'standings', columns, select: STANDING });
  }

  networkRules(actor: Actor, networkId: string): Promise<NetworkRulesPage> {
    demand(actor, 'windows:read', { networkId });
    return this.db.read(CLEARING, async (on) =>
      page(
        await sql<NetworkRulesView>(on, `${NETWORK_RULES} WHERE network_id = $1 ORDER BY from_day`, [
          networkId,
        ]),
      ),
    );
  }

  partyRules(actor: Actor, networkId: string): Promise<PartyRulesPage> {
    demand(actor, 'windows:read', atNetwork(networkId));
    return this.db.read(CLEARING, async (on) =>
      page(
        await sql<PartyRulesView>(on, `${PARTY_RULES} WHERE network_id = $1 ORDER BY party_id, from_day`, [
          networkId,
        ]),
      ),
    );
  }

  standings(actor: Actor, networkId: string): Promise<StandingPage> {
    demand(actor, 'windows:read', { networkId });
    return this.db.read(CLEARING, async (on) =>
      page(
        await sql<StandingView>(on, `${STANDING} WHERE network_id = $1 ORDER BY party_id, from_day`, [
          networkId,
        ]),
      ),
    );
  }

  private put<View>(actor: Actor, order: Order): Promise<View> {
    demand(actor, 'windows:write', atNetwork(order.networkId));
    const stamp = { written_by: actor.name, created_at: this.clock.now().toString() };
    return this.db.tx(CLEARING, async (tx) => {
      await insertOnce(tx, order, stamp);
      const [view] = await sql<View>(tx, `${order.select} WHERE id = $1`, [order.id]);
      return view!;
    });
  }
}

function page<Item>(items: Item[]): { items: Item[]; next: null } {
  return { items, next: null };
}

type Order = {
  readonly id: string;
  readonly networkId: string;
  readonly kind: Kind;
  readonly columns: Readonly<Record<string, unknown>>;
  readonly select: string;
};

async function insertOnce(
  tx: Tx,
  { id, kind, columns }: Order,
  stamp: Record<string, string>,
): Promise<void> {
  const hash = requestHash(columns);
  const row = { id, ...columns, ...stamp, request_hash: hash };
  const names = Object.keys(row);
  try {
    await sql(
      tx,
      `INSERT INTO treasury.${kind} (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})
       ON CONFLICT (id) DO NOTHING`,
      Object.values(row),
    );
  } catch (error) {
    const unique = kind === 'network_rules' ? 'network_id_from_day' : 'network_id_party_id_from_day';
    if (!violates(error, `${kind}_${unique}_key`)) throw error;
    throw RulesProblems.dayTaken('Let the new ones begin on another day.');
  }
  const [stored] = await sql<{ hash: string }>(
    tx,
    `SELECT request_hash AS hash FROM treasury.${kind} WHERE id = $1`,
    [id],
  );
  if (stored?.hash !== hash)
    throw RequestProblems.idReused('This id stands for something else: make a new one.');
}

const NETWORK_RULES = `
  SELECT id, network_id AS "networkId", from_day::text AS "fromDay", cadence, dispute_days AS "disputeDays",
    settle_days AS "settleDays", clearance_unit AS "clearanceUnit", four_eyes AS "fourEyes", collects,
    json_build_object('unit', dues_unit, 'minor', dues_minor) AS "yearlyDues"
  FROM treasury.network_rules`;
const PARTY_RULES = `
  SELECT id, network_id AS "networkId", party_id AS "partyId", from_day::text AS "fromDay", vat_mode AS "vatMode",
    vat_bps AS "vatBps", CASE WHEN ceiling_minor IS NOT NULL
      THEN json_build_object('unit', ceiling_unit, 'minor', ceiling_minor) END AS "debitCeiling"
  FROM treasury.party_rules`;
const STANDING = `
  SELECT id, network_id AS "networkId", party_id AS "partyId", from_day::text AS "fromDay", standing, reason
  FROM treasury.standings`;
