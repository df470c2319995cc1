import { Body, Controller, Get, Header, Param, Put, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import {
  AttendanceView,
  EncounterPage,
  EncounterRoomView,
  EncountersQuery,
  EncounterView,
  PutAttendance,
  PutEncounter,
  PutEncounterClosing,
  PutFollowUpOutcome,
} from './encounter.schema.js';
import { Encounters } from './encounters.service.js';

const anId = { schema: wireId };

/** Meetings and study visits. */
@Controller('v1')
@ApiTags('connected places')
export class EncountersController {
  constructor(private readonly encounters: Encounters) {}

  @Get('encounters')
  @Public()
  @Returns(200, EncounterPage)
  list(@Query({ schema: EncountersQuery }) query: EncountersQuery): Promise<EncounterPage> {
    return this.encounters.list(query);
  }

  @Put('encounters/:id')
  @Access('encounters:write')
  @Returns(200, EncounterView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutEncounter }) body: PutEncounter,
  ): Promise<EncounterView> {
    return this.encounters.put(actor, id, body);
  }

  @Get('encounters/:id/room')
  @Access('encounters:write')
  @Returns(200, EncounterRoomView)
  room(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<EncounterRoomView> {
    return this.encounters.room(actor, id);
  }

  @Get('encounters/:id/attendance.svg')
  @Access('encounters:write')
  @Header('cache-control', 'private, no-store')
  @ApiProduces('image/svg+xml')
  async picture(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<StreamableFile> {
    return new StreamableFile(await this.encounters.picture(actor, id), { type: 'image/svg+xml' });
  }

  @Put('encounters/:id/attendance')
  @Access('profile:write')
  @Returns(200, AttendanceView)
  attend(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Body({ schema: PutAttendance }) body: PutAttendance,
  ): Promise<AttendanceView> {
    return this.encounters.attend(actor, id, body);
  }

  @Put('encounters/:id/closing')
  @Access('encounters:write')
  @Returns(200, EncounterRoomView)
  close(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Body({ schema: PutEncounterClosing }) body: PutEncounterClosing,
  ): Promise<EncounterRoomView> {
    return this.encounters.close(actor, id, body);
  }

  @Put('follow-ups/:id/outcome')
  @Access('encounters:write')
  @Returns(200, EncounterRoomView)
  tellOutcome(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Body({ schema: PutFollowUpOutcome }) body: PutFollowUpOutcome,
  ): Promise<EncounterRoomView> {
    return this.encounters.tellOutcome(actor, id, body);
  }
}
