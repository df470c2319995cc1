import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { VatStatuses } from './vat-statuses.service.js';
import {
  PutVatStatus,
  VatAnswer,
  VatEventPage,
  VatEventQuery,
  VatNumberView,
  VatQuestion,
  VatStatusPage,
  VatStatusQuery,
  VatStatusView,
  VoucherView,
} from './vat.schema.js';

const NUMBER_LENGTH_MAX = 40;
const typedNumber = z.string().max(NUMBER_LENGTH_MAX);

@Controller('v1')
@Access('documents:read')
export class VatController {
  constructor(private readonly statuses: VatStatuses) {}

  @Put('vat-statuses/:id')
  @Returns(200, VatStatusView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutVatStatus }) body: PutVatStatus,
  ): Promise<VatStatusView> {
    return this.statuses.put(actor, id, body);
  }

  @Get('vat-statuses')
  @Returns(200, VatStatusPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: VatStatusQuery }) { partyId }: VatStatusQuery,
  ): Promise<VatStatusPage> {
    return this.statuses.list(actor, partyId);
  }

  @Get('vat-decision')
  @Returns(200, VatAnswer)
  decide(
    @CurrentActor() actor: Actor,
    @Query({ schema: VatQuestion }) question: VatQuestion,
  ): Promise<VatAnswer> {
    return this.statuses.answer(actor, question);
  }

  @Get('vat-numbers/:number')
  @Returns(200, VatNumberView)
  number(@Param('number', { schema: typedNumber }) number: string): VatNumberView {
    return this.statuses.number(number);
  }

  @Get('vat-events')
  @Returns(200, VatEventPage)
  events(
    @CurrentActor() actor: Actor,
    @Query({ schema: VatEventQuery }) query: VatEventQuery,
  ): Promise<VatEventPage> {
    return this.statuses.events(actor, query);
  }

  @Get('vouchers/:passId')
  @Access('passes:read')
  @Returns(200, VoucherView)
  voucher(
    @CurrentActor() actor: Actor,
    @Param('passId', { schema: wireId }) passId: string,
  ): Promise<VoucherView> {
    return this.statuses.voucher(actor, passId);
  }
}
