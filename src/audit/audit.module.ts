import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { ActsController } from './acts.controller.js';
import { Acts } from './acts.service.js';

@Module({ imports: [IdentityModule], controllers: [ActsController], providers: [Acts] })
export class AuditModule {}
