import { Module } from '@nestjs/common';
import { BookingsModule } from '../bookings/index.js';
import { DirectoryModule } from '../directory/index.js';
import { IdentityModule } from '../identity/index.js';
import { PassesModule } from '../passes/index.js';
import { Admission } from './admission.js';
import { CheckinController } from './checkin.controller.js';
import { Scans } from './scans.service.js';
import { VisitRecords } from './visit-records.service.js';
import { Visits } from './visits.service.js';

@Module({
  imports: [BookingsModule, DirectoryModule, IdentityModule, PassesModule],
  controllers: [CheckinController],
  providers: [Admission, Scans, Visits, VisitRecords],
})
export class CheckinModule {}
