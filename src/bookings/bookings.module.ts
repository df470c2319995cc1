import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PassesModule } from '../passes/index.js';
import { ProgrammesModule } from '../programmes/index.js';
import { ReciprocityModule } from '../reciprocity/index.js';
import { BlockMails } from './block-mails.js';
import { BlocksController } from './blocks.controller.js';
import { Blocks } from './blocks.service.js';
import { BlockViews } from './block.views.js';
import { Arrivals } from './arrivals.service.js';
import { BookingActs } from './booking-acts.js';
import { BookingChangesController } from './booking-changes.controller.js';
import { BookingChanges } from './booking-changes.service.js';
import { BookingCorrections } from './booking-corrections.js';
import { BookingMails } from './booking-mails.js';
import { BookingRequestsController } from './booking-requests.controller.js';
import { BookingRequests } from './booking-requests.service.js';
import { BookingSweeps } from './booking-sweeps.js';
import { BookingsController } from './bookings.controller.js';
import { Bookings } from './bookings.service.js';
import { callControllers, callProviders } from './calls.providers.js';
import { Capacity } from './capacity.service.js';
import { Entitlements } from './entitlements.js';
import { Foresight } from './foresight.service.js';
import { VisitFunding } from './funding.js';
import { Guests } from './guests.service.js';
import { HoursPreview } from './hours-preview.service.js';
import { ItinerariesController } from './itineraries.controller.js';
import { Itineraries } from './itineraries.service.js';
import { KnownBookings } from './known-bookings.js';
import { LateArrivals } from './late-arrivals.js';
import { OfficeController } from './office.controller.js';
import { Offers } from './offers.js';
import { PoolDays } from './pool-days.js';
import { Proposals } from './proposals.service.js';
import { Quotes } from './quotes.service.js';
import { SearchController } from './search.controller.js';
import { Search } from './search.service.js';
import { Seats } from './seats.service.js';
import { SpaceDaysController } from './space-days.controller.js';
import { SpaceDays } from './space-days.service.js';
import { TermsOfSpaces } from './space-terms.service.js';
import { VisitCostsController } from './visit-costs.controller.js';
import { VisitCosts } from './visit-costs.service.js';
import { SpaceChanges } from './space-changes.js';

@Module({
  imports: [DirectoryModule, IdentityModule, LedgerModule, PassesModule, ProgrammesModule, ReciprocityModule],
  controllers: [
    ...callControllers,
    BlocksController,
    BookingsController,
    BookingRequestsController,
    SearchController,
    SpaceDaysController,
    VisitCostsController,
    OfficeController,
    BookingChangesController,
    ItinerariesController,
  ],
  providers: [
    ...callProviders,
    BlockMails,
    Blocks,
    BlockViews,
    BookingMails,
    Arrivals,
    BookingActs,
    BookingChanges,
    BookingCorrections,
    BookingMails,
    BookingRequests,
    BookingSweeps,
    Bookings,
    Capacity,
    Entitlements,
    Foresight,
    Guests,
    HoursPreview,
    Itineraries,
    KnownBookings,
    LateArrivals,
    Offers,
    PoolDays,
    Quotes,
    Search,
    Seats,
    SpaceChanges,
    SpaceDays,
    TermsOfSpaces,
    VisitCosts,
    VisitFunding,
  ],
  exports: [BookingCorrections, Bookings, LateArrivals, Proposals],
})
export class BookingsModule {}
