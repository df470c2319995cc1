import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { ReviewController } from './review.controller.js';
import { Reviews } from './reviews.service.js';

@Module({
  imports: [DirectoryModule],
  controllers: [ReviewController],
  providers: [Reviews],
  exports: [Reviews],
})
export class ReviewModule {}
