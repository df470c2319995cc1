import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { VoucherRequests } from './requests.service.js';
import {
  ClawBackView,
  OfferView,
  PutClawBack,
  PutOffer,
  PutRequest,
  PutRequestAnswer,
  PutVoucherAnswer,
  RequestPage,
  RequestView,
  VoucherPage,
} from './voucher.schema.js';
import { Vouchers } from './vouchers.service.js';

@ApiTags('programmes')
@Controller('v1')
export class VouchersController {
  constructor(
    private readonly vouchers: Vouchers,
    private readonly requests: VoucherRequests,
  ) {}

  @Put('voucher-offers/:id')
  @Access('programmes:write')
  @Returns(200, OfferView)
  offer(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutOffer }) body: PutOffer,
  ): Promise<OfferView> {
    return this.vouchers.offer(actor, id, body);
  }

  @Get('vouchers')
  @Access('vouchers:write')
  @Returns(200, VoucherPage)
  list(@CurrentActor() actor: Actor): Promise<VoucherPage> {
    return this.vouchers.list(actor);
  }

  @Put('vouchers/answer')
  @Access('vouchers:write')
  @Returns(200, VoucherPage)
  answer(
    @CurrentActor() actor: Actor,
    @Body({ schema: PutVoucherAnswer }) body: PutVoucherAnswer,
  ): Promise<VoucherPage> {
    return this.vouchers.answer(actor, body);
  }

  @Put('programmes/:id/claw-back')
  @Access('programmes:write')
  @Returns(200, ClawBackView)
  clawBack(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutClawBack }) { agentId }: PutClawBack,
  ): Promise<ClawBackView> {
    return this.vouchers.clawBack(actor, id, agentId);
  }

  @Put('voucher-requests/:id')
  @Access('vouchers:write')
  @Returns(200, RequestView)
  ask(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutRequest }) body: PutRequest,
  ): Promise<RequestView> {
    return this.requests.put(actor, id, body);
  }

  @Get('programmes/:id/voucher-requests')
  @Access('programmes:write')
  @Returns(200, RequestPage)
  queue(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<RequestPage> {
    return this.requests.list(actor, id);
  }

  @Put('voucher-requests/:id/answer')
  @Access('programmes:write')
  @Returns(200, RequestView)
  answerRequest(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutRequestAnswer }) body: PutRequestAnswer,
  ): Promise<RequestView> {
    return this.requests.answer(actor, id, body);
  }
}
