import { Module } from '@nestjs/common';
import { BookingsModule } from '../bookings/index.js';
import { DirectoryModule } from '../directory/index.js';
import { IdentityModule } from '../identity/index.js';
import { PassesModule } from '../passes/index.js';
import { Admission } from './admission.js';
import { Arrivals } from './arrivals.service.js';
import { CheckinController } from './checkin.controller.js';
import { DeskController, PosterController } from './desk.controller.js';
import { HandCheckIns } from './hand-check-ins.service.js';
import { IncidentsController } from './incidents.controller.js';
import { Incidents } from './incidents.service.js';
import { Overrides } from './overrides.service.js';
import { PosterKey } from './poster-key.js';
import { Posters } from './posters.service.js';
import { Bearers } from './bearers.js';
import { Decisions } from './decisions.service.js';
import { DayPackagesController } from './day-packages.controller.js';
import { DayPackages } from './day-packages.service.js';
import { Merging } from './merging.service.js';
import { Uploads } from './uploads.service.js';
import { Overuse } from './overuse.service.js';
import { Scans } from './scans.service.js';
import { SelfCheckIns } from './self-check-ins.service.js';
import { PresenceWords } from './presence-words.js';
import { Presences } from './presences.service.js';
import { VisitChanges } from './visit-changes.service.js';
import { VisitMails } from './visit-mails.js';
import { VisitRecords } from './visit-records.service.js';
import { VisitSweeps } from './visit-sweeps.js';
import { Visits } from './visits.service.js';

@Module({
  imports: [BookingsModule, DirectoryModule, IdentityModule, PassesModule],
  controllers: [
    CheckinController,
    DayPackagesController,
    DeskController,
    IncidentsController,
    PosterController,
  ],
  providers: [
    Admission,
    Arrivals,
    Bearers,
    DayPackages,
    Decisions,
    Merging,
    Overuse,
    Uploads,
    HandCheckIns,
    Incidents,
    Overrides,
    PresenceWords,
    Presences,
    PosterKey,
    Posters,
    Scans,
    SelfCheckIns,
    VisitChanges,
    VisitMails,
    VisitRecords,
    Visits,
    VisitSweeps,
  ],
})
export class CheckinModule {}
