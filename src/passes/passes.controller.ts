import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { Issuing } from './issuing.service.js';
import { IssuedPassesQuery, IssuedPassPage, PutPass, PutRevocation } from './issuing.schema.js';
import { PassPage, PassView } from './pass.schema.js';
import { Pausing } from './pausing.service.js';
import { ProductPage, ProductsQuery, ProductView, PutProduct } from './product.schema.js';
import { Products } from './products.service.js';

@Controller('v1')
export class PassesController {
  constructor(
    private readonly products: Products,
    private readonly issuing: Issuing,
    private readonly pausing: Pausing,
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

  @Get('products')
  @Access('passes:read')
  @Returns(200, ProductPage)
  listProducts(@Query({ schema: ProductsQuery }) { networkId }: ProductsQuery): Promise<ProductPage> {
    return this.products.list(networkId);
  }

  @Get('products/:id')
  @Access('passes:read')
  @Returns(200, ProductView)
  getProduct(@Param('id', { schema: wireId }) id: string): Promise<ProductView> {
    return this.products.get(id);
  }

  @Get('issued-passes')
  @Access('passes:write')
  @Returns(200, IssuedPassPage)
  listIssued(
    @CurrentActor() actor: Actor,
    @Query({ schema: IssuedPassesQuery }) query: IssuedPassesQuery,
  ): Promise<IssuedPassPage> {
    return this.issuing.listIssued(actor, query);
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
  revoke(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutRevocation }) body: PutRevocation,
  ): Promise<PassView> {
    return this.issuing.revoke(actor, id, body);
  }

  /** By its holder, or by the network. */
  @Put('passes/:id/pause')
  @Access('credentials:write')
  @Returns(200, PassView)
  pause(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<PassView> {
    return this.pausing.pause(actor, id);
  }

  @Delete('passes/:id/pause')
  @Access('credentials:write')
  @Returns(200, PassView)
  resume(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<PassView> {
    return this.pausing.resume(actor, id);
  }
}
