import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { DirectoryController } from './directory.controller.js';
import { Directory } from './directory.service.js';
import { Hosting } from './hosting.service.js';
import { Homes } from './homes.service.js';
import { HoursController } from './hours.controller.js';
import { SpaceHours } from './hours.service.js';
import { Imports } from './imports.service.js';
import { Institutions } from './institutions.service.js';
import { Networks } from './networks.service.js';
import { Places } from './places.service.js';
import { PlacesController } from './places.controller.js';
import { Profiles } from './profiles.service.js';
import { PublicSpaces } from './public-spaces.service.js';
import { SpaceParts } from './space-parts.service.js';
import { SpaceHeads } from './space-heads.js';
import { Spaces } from './spaces.service.js';
import { Territories } from './territories.service.js';

@Module({
  imports: [IdentityModule],
  controllers: [DirectoryController, HoursController, PlacesController],
  providers: [
    Directory,
    Institutions,
    Networks,
    SpaceHeads,
    Spaces,
    PublicSpaces,
    Profiles,
    SpaceParts,
    SpaceHours,
    Homes,
    Hosting,
    Territories,
    Places,
    Imports,
  ],
  exports: [Directory, Hosting, Institutions, Networks, Spaces, SpaceParts, Homes, Imports, Profiles],
})
export class DirectoryModule {}
