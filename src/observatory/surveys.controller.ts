import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { DeclarationView, ExitSurveyView, PutDeclaration, PutExitSurvey } from './survey.schema.js';
import { Surveys } from './surveys.service.js';

const aNewId = { schema: wireNewId };

@ApiTags('observatory')
@Controller('v1')
export class SurveysController {
  constructor(private readonly surveys: Surveys) {}

  @Put('exit-surveys/:id')
  @Access('bookings:read')
  @Returns(200, ExitSurveyView)
  answer(
    @CurrentActor() actor: Actor,
    @Param('id', aNewId) id: string,
    @Body({ schema: PutExitSurvey }) body: PutExitSurvey,
  ): Promise<ExitSurveyView> {
    return this.surveys.answer(actor, id, body);
  }

  @Put('impact-declarations/:id')
  @Access('spaces:write')
  @Returns(200, DeclarationView)
  declare(
    @CurrentActor() actor: Actor,
    @Param('id', aNewId) id: string,
    @Body({ schema: PutDeclaration }) body: PutDeclaration,
  ): Promise<DeclarationView> {
    return this.surveys.declare(actor, id, body);
  }
}
