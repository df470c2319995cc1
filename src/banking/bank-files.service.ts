import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { instantFromDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import type { BankAccount } from './bank-account.queries.js';
import { BankAccounts } from './bank-accounts.service.js';
import { formatOf, readBankFile, textOfBytes, type BankFormat } from './bank-file.js';
import type { CsvMapping } from './bank-file.schema.js';
import { BankFileUnreadable, type BankStatement } from './bank-statement.js';
import { looseReference } from './bank-text.js';
import { sortLine } from './matching.rules.js';
import { Matches } from './matches.service.js';
import { openPayments } from './match.queries.js';
import { BankFileProblems } from './banking.problems.js';
import type { BankFileView, PutBankFile } from './banking.schema.js';

const CLEARING = namedScope('clearing');

type StoredFile = {
  readonly id: string;
  readonly bankAccountId: string;
  readonly name: string;
  readonly format: BankFormat;
  readonly mapping: CsvMapping | null;
  readonly bytes: Buffer;
  readonly importedAt: Date | null;
  readonly requestHash: string;
};

/** Statements of a bank: first read and shown, then imported whole or not at all. */
@Injectable()
export class BankFiles {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly accounts: BankAccounts,
    private readonly matches: Matches,
  ) {}

  async put(actor: Actor, id: string, body: PutBankFile): Promise<BankFileView> {
    const hash = requestHash(body);
    const bytes = Buffer.from(body.content, 'base64');
    const format = formatOf(textOfBytes(bytes));
    const mapping = format === 'CSV' ? (body.mapping ?? null) : null;
    if (format === 'CSV' && !mapping)
      throw BankFileProblems.mappingMissing('Say which of its columns is the day, the amount and so on.');
    return this.db.tx(CLEARING, async (tx) => {
      const account = await this.accounts.find(tx, actor, body.bankAccountId);
      demandAccount(read(bytes, mapping), account);
      await sql(
        tx,
        `INSERT INTO banking.bank_files (id, bank_account_id, network_id, name, format, mapping, bytes, read_by,
           request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
        [
          id,
          account.id,
          account.networkId,
          body.name,
          format,
          mapping && JSON.stringify(mapping),
          bytes,
          actor.name,
          hash,
          this.clock.now().toString(),
        ],
      );
      const stored = await fileRow(tx, id);
      if (stored?.requestHash !== hash)
        throw RequestProblems.idReused('This id stands for another file. Make a new id for each.');
      return this.view(tx, stored, account);
    });
  }

  get(actor: Actor, id: string): Promise<BankFileView> {
    return this.db.read(CLEARING, async (on) => {
      const file = await findFile(on, id);
      return this.view(on, file, await this.account(on, actor, file));
    });
  }

  /** All its lines, or none while one of them cannot be taken. Lines the account has already add nothing. */
  import(actor: Actor, id: string): Promise<BankFileView> {
    return this.db.tx(CLEARING, async (tx) => {
      const file = await findFile(tx, id);
      const account = await this.account(tx, actor, file);
      const statement = read(file.bytes, file.mapping);
      if (statement.faults.length > 0)
        throw BankFileProblems.hasFaults(
          'Nothing was imported. Ask the bank for the file again, or mend these rows.',
          {
            faults: statement.faults,
          },
        );
      const added = await this.addLines(tx, file, account, statement);
      await sql(
        tx,
        'UPDATE banking.bank_files SET imported_at = $2, imported_by = $3 WHERE id = $1 AND imported_at IS NULL',
        [id, this.clock.now().toString(), actor.name],
      );
      await this.matches.matchSure(tx, actor, account, added);
      await this.matches.announce(tx, account.networkId, actor);
      return this.view(tx, await findFile(tx, id), account);
    });
  }

  private async addLines(
    tx: Tx,
    file: StoredFile,
    account: BankAccount,
    { lines }: BankStatement,
  ): Promise<string[]> {
    const added = await sql<{ id: string }>(
      tx,
      `INSERT INTO banking.bank_lines (id, bank_file_id, bank_account_id, network_id, key, booked_day, value_day, unit,
         amount_minor, counterparty, counterparty_account, end_to_end_id, text, created_at)
       SELECT line.id, $1, $2, $3, line.key, line."bookedDay", line."valueDay", line.unit, line.minor, line.counterparty,
         line."counterpartyAccount", line."endToEndId", line.text, $5
       FROM jsonb_to_recordset($4) AS line (id uuid, key text, "bookedDay" date, "valueDay" date, unit text, minor bigint,
         counterparty text, "counterpartyAccount" text, "endToEndId" text, text text)
       ON CONFLICT (bank_account_id, key) DO NOTHING RETURNING id`,
      [
        file.id,
        account.id,
        account.networkId,
        JSON.stringify(
          lines.map((line) => ({
            ...line,
            id: derivedId(account.id, line.key),
            minor: line.minor.toString(),
          })),
        ),
        this.clock.now().toString(),
      ],
    );
    return added.map(({ id }) => id);
  }

  private async account(on: Reader, actor: Actor, file: StoredFile): Promise<BankAccount> {
    return this.accounts.find(on, actor, file.bankAccountId);
  }

  private async view(on: Reader, file: StoredFile, account: BankAccount): Promise<BankFileView> {
    const { lines, faults } = read(file.bytes, file.mapping);
    const payments = await openPayments(on, account);
    const known = await sql<{ key: string }>(
      on,
      'SELECT key FROM banking.bank_lines WHERE bank_account_id = $1 AND key = ANY ($2)',
      [account.id, lines.map(({ key }) => key)],
    );
    const keys = new Set(known.map(({ key }) => key));
    return {
      id: file.id,
      bankAccountId: account.id,
      name: file.name,
      format: file.format,
      importedAt: file.importedAt && instantFromDate(file.importedAt).toString(),
      faults: [...faults],
      lines: lines.map((line) => {
        const { key, unit, minor, ...told } = line;
        return {
          ...told,
          amount: { unit, minor: Number(minor) },
          isKnown: keys.has(key),
          pile: sortLine(line, payments).pile,
        };
      }),
    };
  }
}

function read(bytes: Uint8Array, mapping: CsvMapping | null): BankStatement {
  try {
    return readBankFile(bytes, mapping);
  } catch (error) {
    if (!(error instanceof BankFileUnreadable)) throw error;
    throw BankFileProblems.unreadable(`${error.message} Ask the bank for camt.053, MT940 or CSV.`);
  }
}

/** A file that names its account is of that account, or it was dropped on the wrong one. */
function demandAccount({ account: told }: BankStatement, account: BankAccount): void {
  const own = account.iban ?? account.number!;
  if (told === null || looseReference(own).endsWith(looseReference(told))) return;
  throw BankFileProblems.otherAccount(
    'Its account is not the one you chose. Choose the account that the file names.',
  );
}

async function fileRow(on: Reader, id: string): Promise<StoredFile | undefined> {
  const [row] = await sql<StoredFile>(
    on,
    `SELECT id, bank_account_id AS "bankAccountId", name, format, mapping, bytes, imported_at AS "importedAt",
       request_hash AS "requestHash"
     FROM banking.bank_files WHERE id = $1`,
    [id],
  );
  return row;
}

async function findFile(on: Reader, id: string): Promise<StoredFile> {
  const file = await fileRow(on, id);
  if (!file) throw BankFileProblems.notFound('Check the id; your spaces and networks have no such file.');
  return file;
}
