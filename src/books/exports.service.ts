import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { BookProblems } from './books.problems.js';
import type { FecQuery } from './books.schema.js';
import { Books } from './books.service.js';
import { exportedEntries } from './export.queries.js';
import { fec, fecName, RateMissing } from './fec.js';
import { beancount, hledger } from './plain-text.js';

/** The journal as files, each from the same entries. */
@Injectable()
export class BookExports {
  constructor(private readonly books: Books) {}

  hledger(actor: Actor, networkId: string): Promise<string> {
    return this.books.read(actor, networkId, undefined, async (on) =>
      hledger(await exportedEntries(on, { networkId, partyId: null })),
    );
  }

  beancount(actor: Actor, networkId: string): Promise<string> {
    return this.books.read(actor, networkId, undefined, async (on) =>
      beancount(await exportedEntries(on, { networkId, partyId: null })),
    );
  }

  /** The whole book of a year, or one party's part of it, numbered for itself. */
  fec(actor: Actor, networkId: string, query: FecQuery): Promise<{ name: string; text: string }> {
    const { siren, year, partyId } = query;
    return this.books.read(actor, networkId, partyId, async (on) => {
      const entries = await exportedEntries(on, { networkId, partyId: partyId ?? null });
      try {
        return { name: fecName(siren, year), text: fec(entries, year) };
      } catch (error) {
        if (!(error instanceof RateMissing)) throw error;
        throw BookProblems.rateMissing(
          `${error.message}: the file is in euro. Enter a rate before you post, or export one party without it.`,
          { unit: error.unit, entry: error.entry },
        );
      }
    });
  }
}
