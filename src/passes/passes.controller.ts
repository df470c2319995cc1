import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { Issuing } from './issuing.service.js';
import { PassPage, PassView, ProductView, PutPass, PutProduct } from './pass.schema.js';
import { Products } from './products.service.js';

@Controller('v1')
export class PassesController {
  constructor(
    private readonly products: Products,
    private readonly issuing: Issuing,
  ) {}

  @Put('products/:id')
  @Access('products:write')
  @Returns(200, ProductView)
  putProduct(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutProduct }) body: PutProduct,
  ): Promise<ProductView> {
    return this.products.put(actor, id, body);
  }

  @Get('products/:id')
  @Access('passes:read')
  @Returns(200, ProductView)
  getProduct(@Param('id', { schema: wireId }) id: string): Promise<ProductView> {
    return this.products.get(id);
  }

  @Put('passes/:id')
  @Access('passes:write')
  @Returns(200, PassView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutPass }) body: PutPass,
  ): Promise<PassView> {
    return this.issuing.put(actor, id, body);
  }

  @Get('passes')
  @Access('passes:read')
  @Returns(200, PassPage)
  list(@CurrentActor() actor: Actor): Promise<PassPage> {
    return this.issuing.listOwn(actor);
  }

  @Get('passes/:id')
  @Access('passes:read')
  @Returns(200, PassView)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<PassView> {
    return this.issuing.get(actor, id);
  }

  @Put('passes/:id/revocation')
  @Access('passes:write')
  @Returns(200, PassView)
  revoke(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<PassView> {
    return this.issuing.revoke(actor, id);
  }

  @Put('passes/:id/pause')
  @Access('passes:write')
  @Returns(200, PassView)
  pause(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<PassView> {
    return this.issuing.pause(actor, id);
  }

  @Delete('passes/:id/pause')
  @Access('passes:write')
  @Returns(200, PassView)
  resume(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<PassView> {
    return this.issuing.resume(actor, id);
  }
}
