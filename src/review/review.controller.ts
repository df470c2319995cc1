import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import {
  PutDecision,
  QualityPage,
  QualityQuery,
  ReviewPage,
  ReviewsQuery,
  ReviewView,
} from './review.schema.js';
import { Reviews } from './reviews.service.js';

@Controller('v1')
export class ReviewController {
  constructor(private readonly reviews: Reviews) {}

  @Get('record-reviews')
  @Access('windows:read')
  @Returns(200, ReviewPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ReviewsQuery }) query: ReviewsQuery,
  ): Promise<ReviewPage> {
    return this.reviews.list(actor, query);
  }

  @Put('record-reviews/:recordId/decision')
  @Access('windows:read')
  @Returns(200, ReviewView)
  decide(
    @CurrentActor() actor: Actor,
    @Param('recordId', { schema: wireId }) recordId: string,
    @Body({ schema: PutDecision }) body: PutDecision,
  ): Promise<ReviewView> {
    return this.reviews.decide(actor, recordId, body);
  }

  @Put('record-reviews/:recordId/confirmation')
  @Access('visits:read')
  @Returns(200, ReviewView)
  confirm(
    @CurrentActor() actor: Actor,
    @Param('recordId', { schema: wireId }) recordId: string,
  ): Promise<ReviewView> {
    return this.reviews.confirm(actor, recordId);
  }

  @Get('quality-scores')
  @Access('windows:read')
  @Returns(200, QualityPage)
  quality(
    @CurrentActor() actor: Actor,
    @Query({ schema: QualityQuery }) { networkId }: QualityQuery,
  ): Promise<QualityPage> {
    return this.reviews.quality(actor, networkId);
  }
}
