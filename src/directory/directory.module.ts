import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { DirectoryController } from './directory.controller.js';
import { Directory } from './directory.service.js';
import { Homes } from './homes.service.js';
import { Networks } from './networks.service.js';
import { SpaceParts } from './space-parts.service.js';
import { Spaces } from './spaces.service.js';
import { Territories } from './territories.service.js';

@Module({
  imports: [IdentityModule],
  controllers: [DirectoryController],
  providers: [Directory, Networks, Spaces, SpaceParts, Homes, Territories],
  exports: [Directory, Networks, Spaces, SpaceParts, Homes],
})
export class DirectoryModule {}
