import { Module } from '@nestjs/common';
import { CheckinModule } from '../checkin/index.js';
import { DirectoryModule } from '../directory/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PassesModule } from '../passes/index.js';
import { Asking } from './asking.service.js';
import { Checkouts } from './checkouts.service.js';
import { Clearing } from './clearing.js';
import { Desk } from './desk.js';
import { DisputesKept } from './disputes-kept.service.js';
import { FailedPayments } from './failed-payments.service.js';
import { Following } from './following.service.js';
import { Kept } from './kept.js';
import { PaymentDuty, PaymentJobs } from './payment-jobs.js';
import { PaymentMails } from './payment-mails.js';
import { PaymentMethods } from './payment-methods.service.js';
import { PaymentTruth } from './payment-truth.js';
import { PaymentsController } from './payments.controller.js';
import { Promotions } from './promotions.service.js';
import { ProviderEndpoints } from './provider-endpoints.js';
import { ProviderEventLogController } from './provider-event-log.controller.js';
import { ProviderEventLog } from './provider-event-log.service.js';
import { ProviderEvents } from './provider-events.service.js';
import { Provider } from './provider.js';
import { Purchases } from './purchases.service.js';
import { Reconciliation } from './reconciliation.service.js';
import { Refunding } from './refunding.service.js';
import { Refunds } from './refunds.service.js';
import { Selling } from './selling.js';
import { StandingController } from './standing.controller.js';
import { Subscriptions } from './subscriptions.service.js';
import { VatModule } from '../vat/index.js';
import { VisitDues } from './visit-dues.js';
import { VisitCharges } from './visit-charges.service.js';

@Module({
  imports: [CheckinModule, DirectoryModule, IdentityModule, LedgerModule, PassesModule, VatModule],
  controllers: [PaymentsController, ProviderEventLogController, StandingController],
  providers: [
    Asking,
    Checkouts,
    Clearing,
    Desk,
    DisputesKept,
    FailedPayments,
    Following,
    Kept,
    PaymentDuty,
    PaymentJobs,
    PaymentMails,
    PaymentMethods,
    PaymentTruth,
    Promotions,
    Provider,
    ProviderEndpoints,
    ProviderEventLog,
    ProviderEvents,
    Purchases,
    Reconciliation,
    Refunding,
    Refunds,
    Selling,
    Subscriptions,
    VisitCharges,
    VisitDues,
  ],
  exports: [PaymentJobs, Reconciliation],
})
export class PaymentsModule {}
