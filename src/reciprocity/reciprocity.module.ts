import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import { AgreementsController } from './agreements.controller.js';
import { Agreements } from './agreements.service.js';
import { AgreementMatrix } from './agreement-matrix.service.js';
import { AskedTariffsController } from './asked-tariffs.controller.js';
import { AskedTariffs } from './asked-tariffs.service.js';
import { FloorsController } from './floors.controller.js';
import { Floors } from './floors.service.js';
import { PublishedTerms } from './published-terms.service.js';
import { Reciprocity } from './reciprocity.service.js';

@Module({
  imports: [DirectoryModule, IdentityModule, LedgerModule],
  controllers: [AgreementsController, AskedTariffsController, FloorsController],
  providers: [AgreementMatrix, Agreements, AskedTariffs, Floors, PublishedTerms, Reciprocity],
  exports: [Agreements, Reciprocity],
})
export class ReciprocityModule {}
