import { Injectable } from '@nestjs/common';
import { demand, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { lockBooks, writeEntries } from './book-writing.js';
import { BookProblems } from './books.problems.js';
import type { EntryView, PutCorrection } from './books.schema.js';
import { accountsByNumber } from './chart.js';
import { entryById } from './journal.queries.js';
import { atNetwork } from './periods.service.js';

const CLEARING = namedScope('clearing');

/** What a treasurer writes by hand, with a reason: a correction, which a soft-closed month takes too, or an opening. */
@Injectable()
export class Corrections {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async put(actor: Actor, networkId: string, id: string, body: PutCorrection): Promise<EntryView> {
    demand(actor, 'windows:write', atNetwork(networkId));
    const hash = requestHash(body);
    demandSense(body);
    return this.db.tx(CLEARING, async (tx) => {
      await lockBooks(tx, networkId);
      const [stored] = await sql<{ hash: string }>(
        tx,
        `SELECT request_hash AS hash FROM books.entries WHERE id = $1`,
        [id],
      );
      if (stored && stored.hash !== hash)
        throw RequestProblems.idReused('This id stands for another entry: make a new one.');
      await demandParties(tx, body);
      if (!stored) await this.write(tx, networkId, { id, body, hash, actor: actor.name });
      return (await entryById(tx, networkId, id))!;
    });
  }

  private async write(
    tx: Tx,
    networkId: string,
    { id, body, hash, actor }: { id: string; body: PutCorrection; hash: string; actor: string },
  ): Promise<void> {
    const { kind, day, reason, postings } = body;
    const draft = {
      id,
      journal: kind === 'OPENING' ? 'AN' : 'OD',
      sourceKind: kind,
      sourceId: id,
      sourceHash: null,
      windowId: null,
      day: day.toString(),
      reference: `${kind === 'OPENING' ? 'Opening' : 'Correction'} ${id.slice(-12)}`,
      label: reason,
      reason,
      postedBy: actor,
      postings: postings.map(({ account, partyId, amount }) => ({
        partyId,
        account,
        unit: amount.unit,
        minor: BigInt(amount.minor),
      })),
      keepsMonth: true,
      requestHash: hash,
    } as const;
    try {
      await writeEntries(tx, networkId, [draft], this.clock.now().toString());
    } catch (error) {
      const isRefused = ['entries_period_closed', 'entries_period_soft_closed', 'periods_go_on'].some(
        (name) => violates(error, name),
      );
      if (!isRefused) throw error;
      throw BookProblems.periodClosed(
        'Choose a day in a month that is open, and name this one in the reason.',
        {
          month: day.toString().slice(0, 'YYYY-MM'.length),
        },
      );
    }
  }
}

function demandSense({ kind, postings }: PutCorrection): void {
  for (const { account: number } of postings) {
    const account = accountsByNumber.get(number);
    if (!account) throw BookProblems.accountUnknown('GET …/accounts lists them.', { account: number });
    if (kind === 'CORRECTION' && account.isControlled)
      throw BookProblems.accountControlled(
        `${account.label} agrees with what it came from: correct that, with a credit or a match.`,
        { account: number },
      );
  }
  const sums = new Map<string, bigint>();
  for (const { partyId, amount } of postings) {
    const key = `${partyId} ${amount.unit}`;
    sums.set(key, (sums.get(key) ?? 0n) + BigInt(amount.minor));
  }
  const isEmpty = postings.some(({ amount }) => amount.minor === 0);
  if (isEmpty || [...sums.values()].some((sum) => sum !== 0n))
    throw BookProblems.unbalanced('For each party and currency, debits (+) and credits (−) add up to zero.');
}

async function demandParties(on: Reader, { postings }: PutCorrection): Promise<void> {
  const ids = [...new Set(postings.map(({ partyId }) => partyId))];
  const known = await sql(on, 'SELECT FROM directory.pub_parties WHERE id = ANY ($1)', [ids]);
  if (known.length < ids.length) throw BookProblems.partyUnknown('Check the ids of the parties.');
}
