import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { FourEyes } from '../treasury/index.js';
import type { OpeningBalancePage, OpeningBalanceView, PutOpeningBalance } from './opening.schema.js';
import { OpeningBalanceProblems } from './window.problems.js';
import { atNetwork } from './windows.service.js';

const CLEARING = namedScope('clearing');

/** Opening balances: typed lines of the first statement, each signed by a second person before it counts. */
@Injectable()
export class Openings {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly fourEyes: FourEyes,
  ) {}

  async put(actor: Actor, id: string, body: PutOpeningBalance): Promise<OpeningBalanceView> {
    const { networkId, debtorPartyId, creditorPartyId, amount, day, note } = body;
    demand(actor, 'windows:write', atNetwork(networkId));
    const subject = `${id} ${requestHash(body)}`;
    await this.db.tx(CLEARING, async (tx) => {
      for (const partyId of [debtorPartyId, creditorPartyId]) await this.directory.party(tx, partyId);
      await this.fourEyes.add(tx, id, { networkId, act: 'OPENING_BALANCE', subject, note }, actor.name);
      await sql(
        tx,
        `INSERT INTO settlement.opening_balances (id, network_id, debtor_party_id, creditor_party_id, unit,
           amount_minor, day, note, written_by, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
        [
          id,
          networkId,
          debtorPartyId,
          creditorPartyId,
          amount.unit,
          amount.minor,
          day.toString(),
          note,
          actor.name,
          requestHash(body),
          this.clock.now().toString(),
        ],
      );
    });
    return this.view(id);
  }

  /** From now on it falls due: the window that closes next takes it. */
  async sign(actor: Actor, id: string): Promise<OpeningBalanceView> {
    const [found] = await this.db.read(CLEARING, (on) => openings(on, 'opening.id', id));
    if (!found)
      throw OpeningBalanceProblems.notFound('Check the id; your networks have no such opening balance.');
    demand(actor, 'windows:write', atNetwork(found.networkId));
    await this.db.tx(CLEARING, (tx) => this.fourEyes.sign(tx, id, actor.name));
    return this.view(id);
  }

  list(actor: Actor, networkId: string): Promise<OpeningBalancePage> {
    demand(actor, 'windows:read', atNetwork(networkId));
    return this.db.read(CLEARING, async (on) => ({
      items: await openings(on, 'opening.network_id', networkId),
      next: null,
    }));
  }

  private view(id: string): Promise<OpeningBalanceView> {
    return this.db.read(CLEARING, async (on) => (await openings(on, 'opening.id', id))[0]!);
  }
}

function openings(
  on: Reader,
  column: 'opening.id' | 'opening.network_id',
  value: string,
): Promise<OpeningBalanceView[]> {
  return sql<OpeningBalanceView>(
    on,
    `SELECT opening.id, opening.network_id AS "networkId",
       json_build_object('id', debtor.id, 'name', debtor.name) AS debtor,
       json_build_object('id', creditor.id, 'name', creditor.name) AS creditor,
       json_build_object('unit', opening.unit, 'minor', opening.amount_minor) AS amount, opening.day::text AS day, note,
       opening.written_by AS "proposedBy", signed.signed_by AS "approvedBy", line.window_id AS "windowId"
     FROM settlement.opening_balances opening
     JOIN directory.pub_parties debtor ON debtor.id = opening.debtor_party_id
     JOIN directory.pub_parties creditor ON creditor.id = opening.creditor_party_id
     LEFT JOIN treasury.pub_signed_approvals signed ON signed.id = opening.id
     LEFT JOIN settlement.charge_lines line ON line.charge_id = settlement.derived_id(opening.id, 'opening')
     WHERE ${column} = $1 ORDER BY opening.id`,
    [value],
  );
}
