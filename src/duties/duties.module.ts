import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { DutiesController } from './duties.controller.js';
import { DutyMails } from './duty-mails.js';
import { Reports } from './reports.service.js';
import { Restrictions } from './restrictions.service.js';
import { Rounds } from './rounds.service.js';
import { Sellers } from './sellers.service.js';

@Module({
  imports: [IdentityModule],
  controllers: [DutiesController],
  providers: [DutyMails, Reports, Restrictions, Rounds, Sellers],
})
export class DutiesModule {}
