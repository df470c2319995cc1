import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { IdentityModule } from '../identity/index.js';
import { AgentsController } from './agents.controller.js';
import { Agents } from './agents.service.js';
import { ProgrammeHosts } from './hosts.service.js';
import { SponsorInvoices } from './invoices.service.js';
import { ProgrammeSweeps } from './programme-sweeps.js';
import { ProgrammesController } from './programmes.controller.js';
import { Programmes } from './programmes.service.js';
import { ProgrammeReports } from './reports.service.js';
import { VoucherRequests } from './requests.service.js';
import { ReservedPools } from './reserved-pools.service.js';
import { Sponsorships } from './sponsorships.service.js';
import { Statements } from './statements.service.js';
import { VouchersController } from './vouchers.controller.js';
import { Vouchers } from './vouchers.service.js';

@Module({
  imports: [DirectoryModule, IdentityModule],
  controllers: [ProgrammesController, VouchersController, AgentsController],
  providers: [
    Agents,
    ProgrammeHosts,
    ProgrammeReports,
    ProgrammeSweeps,
    Programmes,
    ReservedPools,
    SponsorInvoices,
    Sponsorships,
    Statements,
    VoucherRequests,
    Vouchers,
  ],
  exports: [ReservedPools, Sponsorships],
})
export class ProgrammesModule {}
