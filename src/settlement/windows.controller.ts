import { Body, Controller, Get, Header, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { Payments } from './payments.service.js';
import { Proofs } from './proof.service.js';
import { StatementView } from './statement.schema.js';
import { Statements } from './statements.service.js';
import {
  PaymentPage,
  PaymentView,
  PositionPage,
  ProofView,
  PutAbort,
  PutClosure,
  PutFailure,
  PutWindow,
  WindowPage,
  WindowsQuery,
  WindowView,
} from './window.schema.js';
import { WindowSteps } from './window-steps.service.js';
import { Windows } from './windows.service.js';

@Controller('v1')
export class WindowsController {
  constructor(
    private readonly windows: Windows,
    private readonly steps: WindowSteps,
    private readonly payments: Payments,
    private readonly statements: Statements,
    private readonly proofs: Proofs,
  ) {}

  @Get('windows')
  @Access('windows:read')
  @Returns(200, WindowPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: WindowsQuery }) query: WindowsQuery,
  ): Promise<WindowPage> {
    return this.windows.list(actor, query);
  }

  @Get('windows/:id')
  @Access('windows:read')
  @Returns(200, WindowView)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<WindowView> {
    return this.windows.get(actor, id);
  }

  @Put('windows/:id')
  @Access('windows:write')
  @Returns(200, WindowView)
  open(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutWindow }) body: PutWindow,
  ): Promise<WindowView> {
    return this.windows.open(actor, id, body);
  }

  @Put('windows/:id/closure')
  @Access('windows:write')
  @Returns(200, WindowView)
  close(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutClosure }) body: PutClosure,
  ): Promise<WindowView> {
    return this.windows.close(actor, id, body);
  }

  @Put('windows/:id/advice')
  @Access('windows:write')
  @Returns(200, WindowView)
  advise(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<WindowView> {
    return this.steps.advise(actor, id);
  }

  @Put('windows/:id/call')
  @Access('windows:write')
  @Returns(200, WindowView)
  call(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<WindowView> {
    return this.steps.call(actor, id);
  }

  @Put('windows/:id/settlement')
  @Access('windows:write')
  @Returns(200, WindowView)
  settle(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<WindowView> {
    return this.steps.settle(actor, id);
  }

  @Put('windows/:id/abort')
  @Access('windows:write')
  @Returns(200, WindowView)
  abort(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutAbort }) body: PutAbort,
  ): Promise<WindowView> {
    return this.steps.abort(actor, id, body);
  }

  @Get('windows/:id/positions')
  @Access('windows:read')
  @Returns(200, PositionPage)
  positions(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<PositionPage> {
    return this.windows.positions(actor, id);
  }

  @Get('windows/:id/payments')
  @Access('windows:read')
  @Returns(200, PaymentPage)
  paymentsOf(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<PaymentPage> {
    return this.windows.payments(actor, id);
  }

  @Get('windows/:id/proof')
  @Access('windows:read')
  @Returns(200, ProofView)
  proof(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<ProofView> {
    return this.proofs.get(actor, id);
  }

  @Get('windows/:id/statements/:partyId.csv')
  @Access('windows:read')
  @Header('content-type', 'text/csv; charset=utf-8')
  statementCsv(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Param('partyId', { schema: wireId }) partyId: string,
  ): Promise<string> {
    return this.statements.csv(actor, id, partyId);
  }

  @Get('windows/:id/statements/:partyId')
  @Access('windows:read')
  @Returns(200, StatementView)
  statement(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Param('partyId', { schema: wireId }) partyId: string,
  ): Promise<StatementView> {
    return this.statements.get(actor, id, partyId);
  }

  @Put('payments/:id/execution')
  @Access('windows:write')
  @Returns(200, PaymentView)
  execute(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<PaymentView> {
    return this.payments.execute(actor, id);
  }

  @Put('payments/:id/failure')
  @Access('windows:write')
  @Returns(200, PaymentView)
  fail(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutFailure }) body: PutFailure,
  ): Promise<PaymentView> {
    return this.payments.fail(actor, id, body);
  }
}
