import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { AgreementMatrix } from './agreement-matrix.service.js';
import {
  AgreementMatrixView,
  MatrixQuery,
  PriceFloorPage,
  PriceFloorsQuery,
  PriceFloorView,
  PutPriceFloor,
} from './floor.schema.js';
import { Floors } from './floors.service.js';

@Controller('v1')
export class FloorsController {
  constructor(
    private readonly floors: Floors,
    private readonly matrix: AgreementMatrix,
  ) {}

  @Put('price-floors/:id')
  @Access('spaces:write')
  @Returns(200, PriceFloorView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutPriceFloor }) body: PutPriceFloor,
  ): Promise<PriceFloorView> {
    return this.floors.put(actor, id, body);
  }

  @Get('price-floors')
  @Access('agreements:read')
  @Returns(200, PriceFloorPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: PriceFloorsQuery }) { hostSpaceId }: PriceFloorsQuery,
  ): Promise<PriceFloorPage> {
    return this.floors.list(actor, hostSpaceId);
  }

  @Get('agreement-matrix')
  @Access('agreements:read')
  @Returns(200, AgreementMatrixView)
  show(
    @CurrentActor() actor: Actor,
    @Query({ schema: MatrixQuery }) query: MatrixQuery,
  ): Promise<AgreementMatrixView> {
    return this.matrix.get(actor, query);
  }
}
