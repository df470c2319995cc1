import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { VatController } from './vat.controller.js';
import { Vat } from './vat.service.js';
import { VatStatuses } from './vat-statuses.service.js';

@Module({
  imports: [DirectoryModule],
  controllers: [VatController],
  providers: [Vat, VatStatuses],
  exports: [Vat],
})
export class VatModule {}
