import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { IdentityModule } from '../identity/index.js';
import { Agreements } from './agreements.service.js';
import { Applications } from './applications.service.js';
import { CallsController } from './calls.controller.js';
import { Calls } from './calls.service.js';
import { Drafts } from './drafts.service.js';
import { Endings } from './endings.service.js';
import { Instalments } from './instalments.service.js';
import { Placements } from './placements.service.js';
import { Preparations } from './preparations.service.js';
import { StayPresences } from './presences.service.js';
import { StayMails } from './stay-mails.js';
import { StayMoves } from './stay-moves.js';
import { StayPapersController } from './stay-papers.controller.js';
import { StayPapers } from './stay-papers.service.js';
import { StayStepsController } from './stay-steps.controller.js';
import { StaySteps } from './stay-steps.js';
import { StaysController } from './stays.controller.js';
import { Stays } from './stays.service.js';
import { Stories } from './stories.service.js';

@Module({
  imports: [IdentityModule, DirectoryModule],
  controllers: [CallsController, StaysController, StayStepsController, StayPapersController],
  providers: [
    Stays,
    StayMails,
    StayMoves,
    StaySteps,
    Calls,
    Drafts,
    Applications,
    Placements,
    Agreements,
    Preparations,
    Instalments,
    StayPresences,
    Endings,
    Stories,
    StayPapers,
  ],
})
export class StaysModule {}
