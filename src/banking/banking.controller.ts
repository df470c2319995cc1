import { Body, Controller, Delete, Get, Header, Param, Put, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Access, CurrentActor, StepUp, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { BankAccounts } from './bank-accounts.service.js';
import { BankFiles } from './bank-files.service.js';
import { Matches } from './matches.service.js';
import { PaymentBatches } from './payment-batches.service.js';
import {
  BankAccountPage,
  BankAccountView,
  BankFileView,
  BankLinePage,
  BankLinesQuery,
  BankLineView,
  OfParty,
  OfWindow,
  PaymentBatchPage,
  PaymentBatchView,
  PutBankAccount,
  PutBankFile,
  PutMatch,
  PutPaymentBatch,
  PutRejection,
  TransferQuery,
} from './banking.schema.js';

@Controller('v1')
export class BankingController {
  constructor(
    private readonly accounts: BankAccounts,
    private readonly batches: PaymentBatches,
    private readonly files: BankFiles,
    private readonly matches: Matches,
  ) {}

  @Get('bank-accounts')
  @Access('banking:write')
  @Returns(200, BankAccountPage)
  listAccounts(
    @CurrentActor() actor: Actor,
    @Query({ schema: OfParty }) query: OfParty,
  ): Promise<BankAccountPage> {
    return this.accounts.list(actor, query);
  }

  @Put('bank-accounts/:id')
  @Access('banking:write')
  @StepUp('MONEY')
  @Returns(200, BankAccountView)
  proposeAccount(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutBankAccount }) body: PutBankAccount,
  ): Promise<BankAccountView> {
    return this.accounts.propose(actor, id, body);
  }

  @Put('bank-accounts/:id/approval')
  @Access('banking:write')
  @StepUp('MONEY')
  @Returns(200, BankAccountView)
  approveAccount(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<BankAccountView> {
    return this.accounts.approve(actor, id);
  }

  @Get('payment-batches')
  @Access('windows:read')
  @Returns(200, PaymentBatchPage)
  listBatches(
    @CurrentActor() actor: Actor,
    @Query({ schema: OfWindow }) { windowId }: OfWindow,
  ): Promise<PaymentBatchPage> {
    return this.batches.list(actor, windowId);
  }

  @Get('payment-batches/:id')
  @Access('windows:read')
  @Returns(200, PaymentBatchView)
  batch(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<PaymentBatchView> {
    return this.batches.get(actor, id);
  }

  @Put('payment-batches/:id')
  @Access('banking:write')
  @StepUp('MONEY')
  @Returns(200, PaymentBatchView)
  proposeBatch(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutPaymentBatch }) body: PutPaymentBatch,
  ): Promise<PaymentBatchView> {
    return this.batches.propose(actor, id, body);
  }

  @Put('payment-batches/:id/approval')
  @Access('banking:write')
  @StepUp('MONEY')
  @Returns(200, PaymentBatchView)
  approveBatch(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<PaymentBatchView> {
    return this.batches.approve(actor, id);
  }

  @Put('payment-batches/:id/rejection')
  @Access('banking:write')
  @Returns(200, PaymentBatchView)
  rejectBatch(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutRejection }) { reason }: PutRejection,
  ): Promise<PaymentBatchView> {
    return this.batches.reject(actor, id, reason);
  }

  @Put('payment-batches/:id/sending')
  @Access('banking:write')
  @StepUp('MONEY')
  @Returns(200, PaymentBatchView)
  sendBatch(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<PaymentBatchView> {
    return this.batches.send(actor, id);
  }

  /** ISO 20022 pain.001, for the payer's bank. */
  @Get('payment-batches/:id/credit-transfers.xml')
  @Access('banking:write')
  @StepUp('MONEY')
  @Header('content-type', 'application/xml; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="credit-transfers.xml"')
  @Header('cache-control', 'private, no-store')
  creditTransfers(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Query({ schema: TransferQuery }) { version }: TransferQuery,
  ): Promise<string> {
    return this.batches.file(actor, id, version);
  }

  @Put('bank-files/:id')
  @Access('banking:write')
  @RouteConfig({ upload: true }) // a file, in base64
  @Returns(200, BankFileView)
  readFile(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutBankFile }) body: PutBankFile,
  ): Promise<BankFileView> {
    return this.files.put(actor, id, body);
  }

  @Get('bank-files/:id')
  @Access('banking:write')
  @Returns(200, BankFileView)
  file(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<BankFileView> {
    return this.files.get(actor, id);
  }

  @Put('bank-files/:id/import')
  @Access('banking:write')
  @Returns(200, BankFileView)
  importFile(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<BankFileView> {
    return this.files.import(actor, id);
  }

  @Get('bank-lines')
  @Access('banking:write')
  @Returns(200, BankLinePage)
  lines(
    @CurrentActor() actor: Actor,
    @Query({ schema: BankLinesQuery }) query: BankLinesQuery,
  ): Promise<BankLinePage> {
    return this.matches.lines(actor, query);
  }

  @Put('matches/:id')
  @Access('banking:write')
  @Returns(200, BankLineView)
  match(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutMatch }) body: PutMatch,
  ): Promise<BankLineView> {
    return this.matches.put(actor, id, body);
  }

  @Delete('matches/:id')
  @Access('banking:write')
  @Returns(200, BankLineView)
  undoMatch(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<BankLineView> {
    return this.matches.undo(actor, id);
  }
}
