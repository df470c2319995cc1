import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { Books } from './books.service.js';
import {
  AccountPage,
  AccountStatementPage,
  BookQuery,
  EntryView,
  IntegrityView,
  JournalPage,
  JournalQuery,
  PeriodPage,
  PeriodView,
  PutCorrection,
  StatementQuery,
  TrialBalancePage,
  wireMonth,
} from './books.schema.js';
import { Corrections } from './corrections.service.js';
import { Periods } from './periods.service.js';
import { Verifications } from './verification.service.js';

const anId = { schema: wireId };
const aMonth = { schema: wireMonth };

/**
 * The books of a clearing network. Amounts are debits (+) and credits (−). Every posting says what it is made of
 * (`source`: kind and id) and in which window, so that it opens to the document, the statement or the bank line.
 */
@Controller('v1/books/:networkId')
export class BooksController {
  constructor(
    private readonly books: Books,
    private readonly periods: Periods,
    private readonly corrections: Corrections,
    private readonly verifications: Verifications,
  ) {}

  /** The chart: the same for every network. */
  @Get('accounts')
  @Access('windows:read')
  @Returns(200, AccountPage)
  accounts(@CurrentActor() actor: Actor, @Param('networkId', anId) networkId: string): AccountPage {
    return this.books.accounts(actor, networkId);
  }

  /** Postings in the order of the chain, by months, journal, account, party, window or source; keyset pages. */
  @Get('journal')
  @Access('windows:read')
  @Returns(200, JournalPage)
  journal(
    @CurrentActor() actor: Actor,
    @Param('networkId', anId) networkId: string,
    @Query({ schema: JournalQuery }) query: JournalQuery,
  ): Promise<JournalPage> {
    return this.books.journal(actor, networkId, query);
  }

  /** Debits, credits and balance of each account, party and currency; over all currencies and parties, zero. */
  @Get('trial-balance')
  @Access('windows:read')
  @Returns(200, TrialBalancePage)
  trialBalance(
    @CurrentActor() actor: Actor,
    @Param('networkId', anId) networkId: string,
    @Query({ schema: BookQuery }) query: BookQuery,
  ): Promise<TrialBalancePage> {
    return this.books.trialBalance(actor, networkId, query);
  }

  /** One account of one party in one currency: what it began with, each posting with its balance, how it ends. */
  @Get('accounts/:account')
  @Access('windows:read')
  @Returns(200, AccountStatementPage)
  statement(
    @CurrentActor() actor: Actor,
    @Param('networkId', anId) networkId: string,
    @Param('account') account: string,
    @Query({ schema: StatementQuery }) query: StatementQuery,
  ): Promise<AccountStatementPage> {
    return this.books.statement(actor, { networkId, account }, query);
  }

  @Get('entries/:id')
  @Access('windows:read')
  @Returns(200, EntryView)
  entry(
    @CurrentActor() actor: Actor,
    @Param('networkId', anId) networkId: string,
    @Param('id', anId) id: string,
  ): Promise<EntryView> {
    return this.books.entry(actor, networkId, id);
  }

  /** The treasurer's own entry, with a reason: debits (+) and credits (−) that balance for each party. */
  @Put('corrections/:id')
  @Access('windows:write')
  @Returns(200, EntryView)
  correct(
    @CurrentActor() actor: Actor,
    @Param('networkId', anId) networkId: string,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutCorrection }) body: PutCorrection,
  ): Promise<EntryView> {
    return this.corrections.put(actor, networkId, id, body);
  }

  /** Months with their state, entries and heads, the oldest first. */
  @Get('periods')
  @Access('windows:read')
  @Returns(200, PeriodPage)
  periodsOf(@CurrentActor() actor: Actor, @Param('networkId', anId) networkId: string): Promise<PeriodPage> {
    return this.periods.list(actor, networkId);
  }

  @Put('periods/:month/soft-closure')
  @Access('windows:write')
  @Returns(200, PeriodView)
  softClose(
    @CurrentActor() actor: Actor,
    @Param('networkId', anId) networkId: string,
    @Param('month', aMonth) month: string,
  ): Promise<PeriodView> {
    return this.periods.softClose(actor, networkId, month);
  }

  /** Needs an approval signed by a second person: act CLOSE_PERIOD, subject the month. */
  @Put('periods/:month/closure')
  @Access('windows:write')
  @Returns(200, PeriodView)
  close(
    @CurrentActor() actor: Actor,
    @Param('networkId', anId) networkId: string,
    @Param('month', aMonth) month: string,
  ): Promise<PeriodView> {
    return this.periods.close(actor, networkId, month);
  }

  /** For every member: the heads of the chain, and what the last verification found. */
  @Get('integrity')
  @Access('windows:read')
  @Returns(200, IntegrityView)
  integrity(
    @CurrentActor() actor: Actor,
    @Param('networkId', anId) networkId: string,
  ): Promise<IntegrityView> {
    return this.verifications.integrity(actor, networkId);
  }
}
