import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import {
  LegalBasisPage,
  PutStayCall,
  StayCallPage,
  StayCallView,
  StayOrganisationPage,
  StoryPage,
} from './call.schema.js';
import { Calls } from './calls.service.js';
import { Stories } from './stories.service.js';

/** What everybody may see of stays: calls, the rules, and what was told with consent. */
@ApiTags('stays')
@Controller('v1')
export class CallsController {
  constructor(
    private readonly calls: Calls,
    private readonly stories: Stories,
  ) {}

  @Put('stay-calls/:id')
  @Access('stays:coordinate')
  @Returns(200, StayCallView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutStayCall }) body: PutStayCall,
  ): Promise<StayCallView> {
    return this.calls.put(actor, id, body);
  }

  @Get('stay-calls')
  @Public()
  @Returns(200, StayCallPage)
  list(): Promise<StayCallPage> {
    return this.calls.list();
  }

  @Get('stay-calls/:id')
  @Public()
  @Returns(200, StayCallView)
  get(@Param('id', { schema: wireId }) id: string): Promise<StayCallView> {
    return this.calls.get(id);
  }

  @Get('legal-bases')
  @Public()
  @Returns(200, LegalBasisPage)
  bases(): LegalBasisPage {
    return this.calls.bases();
  }

  @Get('stay-organisations')
  @Access('stays:apply')
  @Returns(200, StayOrganisationPage)
  organisations(@CurrentActor() actor: Actor): Promise<StayOrganisationPage> {
    return this.calls.organisations(actor);
  }

  @Get('stay-stories')
  @Public()
  @Returns(200, StoryPage)
  published(): Promise<StoryPage> {
    return this.stories.published();
  }
}
