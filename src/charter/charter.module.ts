import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { IdentityModule } from '../identity/index.js';
import { CharterController } from './charter.controller.js';
import { CharterClosures } from './charter-closures.js';
import { CharterMails } from './charter-mails.js';
import { CharterSweeps } from './charter-sweeps.js';
import { Commitments } from './commitments.service.js';
import { Discipline } from './discipline.service.js';
import { FragilityController } from './fragility.controller.js';
import { Fragility } from './fragility.service.js';
import { Joining } from './joining.service.js';
import { MemberSteps } from './member-steps.js';
import { CharterMembersController } from './members.controller.js';
import { Members } from './members.service.js';
import { Signatories } from './signatories.service.js';
import { Versions } from './versions.service.js';

@Module({
  imports: [IdentityModule, DirectoryModule],
  controllers: [CharterController, CharterMembersController, FragilityController],
  providers: [
    Versions,
    Signatories,
    Members,
    MemberSteps,
    Joining,
    Discipline,
    Commitments,
    Fragility,
    CharterSweeps,
    CharterClosures,
    CharterMails,
  ],
})
export class CharterModule {}
