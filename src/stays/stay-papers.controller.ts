import { Body, Controller, Delete, Get, Param, Put, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { StayPapers } from './stay-papers.service.js';
import { PutStayStory, StayView } from './stay.schema.js';
import { Stays } from './stays.service.js';
import { Stories } from './stories.service.js';

/** What is told of a stay, and what is printed. */
@ApiTags('stays')
@Controller('v1')
@Access('stays:apply')
export class StayPapersController {
  constructor(
    private readonly stays: Stays,
    private readonly stories: Stories,
    private readonly papers: StayPapers,
  ) {}

  @Put('stays/:id/story')
  @Returns(200, StayView)
  async tellStory(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutStayStory }) body: PutStayStory,
  ): Promise<StayView> {
    await this.stories.tell(actor, id, body);
    return this.stays.get(actor, id);
  }

  @Put('stays/:id/story/publication')
  @Returns(200, StayView)
  async publishStory(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<StayView> {
    await this.stories.publish(actor, id);
    return this.stays.get(actor, id);
  }

  @Delete('stays/:id/story')
  @Returns(200, StayView)
  async withdrawStory(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<StayView> {
    await this.stories.withdraw(actor, id);
    return this.stays.get(actor, id);
  }

  @Get('stays/:id/agreement.pdf')
  @ApiProduces('application/pdf')
  async agreement(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<StreamableFile> {
    return paper(await this.papers.agreement(actor, id), `agreement-${id}`);
  }

  @Get('stays/:id/certificate.pdf')
  @ApiProduces('application/pdf')
  async certificate(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<StreamableFile> {
    return paper(await this.papers.certificate(actor, id), `certificate-${id}`);
  }
}

function paper(bytes: Buffer, name: string): StreamableFile {
  return new StreamableFile(bytes, {
    type: 'application/pdf',
    disposition: `inline; filename="${name}.pdf"`,
  });
}
