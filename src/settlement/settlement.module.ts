import { Module } from '@nestjs/common';
import { BillingModule } from '../billing/index.js';
import { DirectoryModule } from '../directory/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import { ReviewModule } from '../review/index.js';
import { TreasuryModule } from '../treasury/index.js';
import { PartyAccounts } from './party-accounts.js';
import { WindowRates } from './window-rates.service.js';
import { WindowSteps } from './window-steps.service.js';
import { Credits } from './credits.service.js';
import { CreditsController } from './credits.controller.js';
import { Closing } from './closing.service.js';
import { FxRates } from './fx-rates.service.js';
import { LinesController } from './lines.controller.js';
import { Lines } from './lines.service.js';
import { OpeningsController } from './openings.controller.js';
import { Openings } from './openings.service.js';
import { Payments } from './payments.service.js';
import { ReminderMails, Reminders } from './reminders.service.js';
import { Replays } from './replays.service.js';
import { Proofs } from './proof.service.js';
import { SettlementJobs } from './settlement-jobs.js';
import { Suspense } from './suspense.service.js';
import { Statements } from './statements.service.js';
import { UsageController } from './usage.controller.js';
import { Usage } from './usage.service.js';
import { WindowsController } from './windows.controller.js';
import { Windows } from './windows.service.js';

@Module({
  imports: [BillingModule, DirectoryModule, IdentityModule, LedgerModule, ReviewModule, TreasuryModule],
  controllers: [CreditsController, LinesController, OpeningsController, UsageController, WindowsController],
  providers: [
    Closing,
    Credits,
    FxRates,
    Lines,
    Openings,
    PartyAccounts,
    Payments,
    Proofs,
    ReminderMails,
    Reminders,
    Replays,
    SettlementJobs,
    Statements,
    Suspense,
    Usage,
    WindowRates,
    Windows,
    WindowSteps,
  ],
  exports: [Payments, Replays, Suspense, Windows],
})
export class SettlementModule {}
