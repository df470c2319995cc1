import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { IdentityModule } from '../identity/index.js';
import { ReciprocityModule } from '../reciprocity/index.js';
import { Chapters } from './chapters.service.js';
import { CrossServices } from './cross-services.service.js';
import { EncountersController } from './encounters.controller.js';
import { Encounters } from './encounters.service.js';
import { Initiatives } from './initiatives.service.js';
import { PeopleController } from './people.controller.js';
import { People } from './people.service.js';
import { TogetherController } from './together.controller.js';
import { Workstreams } from './workstreams.service.js';

@Module({
  imports: [IdentityModule, DirectoryModule, ReciprocityModule],
  controllers: [EncountersController, TogetherController, PeopleController],
  providers: [Chapters, CrossServices, Encounters, Initiatives, People, Workstreams],
  exports: [CrossServices, Encounters, Initiatives, People],
})
export class EncountersModule {}
