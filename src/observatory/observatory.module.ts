import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { ImpactController } from './impact.controller.js';
import { PeriodSteps } from './period-steps.service.js';
import { Periods } from './periods.service.js';
import { SurveysController } from './surveys.controller.js';
import { Surveys } from './surveys.service.js';

@Module({
  imports: [DirectoryModule],
  controllers: [ImpactController, SurveysController],
  providers: [Periods, PeriodSteps, Surveys],
})
export class ObservatoryModule {}
