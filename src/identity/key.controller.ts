import { Body, Controller, Delete, Get, Ip, Param, Put } from '@nestjs/common';
import { wireId, wireNewId, wirePage } from '../kernel/wire.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { Access, CurrentActor } from './access.js';
import type { Actor } from './actor.js';
import { ApiKeys } from './api-keys.service.js';
import { Devices } from './devices.service.js';
import {
  ApiKeyView,
  DeviceView,
  EnrolmentView,
  PutApiKey,
  PutDevice,
  PutEnrolment,
} from './organisation.schema.js';

const ApiKeysView = wirePage(ApiKeyView).meta({ id: 'ApiKeys' });
const DevicesView = wirePage(DeviceView).meta({ id: 'Devices' });

@Controller('v1')
export class KeyController {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly devices: Devices,
  ) {}

  @Get('organisations/:id/api-keys')
  @Access('api_keys:write')
  @Returns(200, ApiKeysView)
  listKeys(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string) {
    return this.apiKeys.list(actor, id);
  }

  @Put('api-keys/:id')
  @Access('api_keys:write')
  @Returns(200, ApiKeyView)
  putKey(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutApiKey }) body: PutApiKey,
  ): Promise<ApiKeyView> {
    return this.apiKeys.put(actor, id, body);
  }

  @Delete('api-keys/:id')
  @Access('api_keys:write')
  @Returns(200, ApiKeyView)
  revokeKey(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<ApiKeyView> {
    return this.apiKeys.revoke(actor, id);
  }

  @Get('organisations/:id/devices')
  @Access('devices:write')
  @Returns(200, DevicesView)
  listDevices(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string) {
    return this.devices.list(actor, id);
  }

  @Get('devices/current')
  @Access('visits:read')
  @Returns(200, DeviceView)
  currentDevice(@CurrentActor() actor: Actor): Promise<DeviceView> {
    return this.devices.current(actor);
  }

  @Put('devices/:id/token')
  @Access('visits:read')
  @Returns(200, EnrolmentView)
  rollDevice(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<EnrolmentView> {
    return this.devices.roll(actor, id);
  }

  @Put('devices/:id')
  @Access('devices:write')
  @Returns(200, DeviceView)
  putDevice(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutDevice }) body: PutDevice,
  ): Promise<DeviceView> {
    return this.devices.put(actor, id, body);
  }

  @Put('devices/:id/renewal')
  @Access('devices:write')
  @Returns(200, DeviceView)
  renewDevice(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<DeviceView> {
    return this.devices.renew(actor, id);
  }

  @Put('devices/:id/enrolment')
  @Public()
  @Returns(200, EnrolmentView)
  enrol(
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutEnrolment }) { code }: PutEnrolment,
    @Ip() ip: string,
  ): Promise<EnrolmentView> {
    return this.devices.enrol(id, code, ip);
  }

  @Delete('devices/:id')
  @Access('devices:write')
  @Returns(200, DeviceView)
  revokeDevice(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<DeviceView> {
    return this.devices.revoke(actor, id);
  }
}
