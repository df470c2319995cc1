import { Body, Controller, Get, Header, Param, Put, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { Credentials } from './credentials.service.js';
import { Issuers } from './issuers.service.js';
import { cardFile, CardView, CredentialView, PutCard, PutCredential, type CardFile } from './pass.schema.js';
import { PhonePage, PhonesQuery } from './phone.schema.js';
import { Phones } from './phones.service.js';
import { StatusListView, TrustListView } from './trust.schema.js';

@Controller('v1')
export class CredentialsController {
  constructor(
    private readonly credentials: Credentials,
    private readonly issuers: Issuers,
    private readonly phones: Phones,
  ) {}

  @Put('credentials/:id')
  @Access('credentials:write')
  @Returns(200, CredentialView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutCredential }) body: PutCredential,
  ): Promise<CredentialView> {
    return this.credentials.put(actor, id, body);
  }

  @Get('credentials')
  @Access('credentials:write')
  @Returns(200, PhonePage)
  listPhones(
    @CurrentActor() actor: Actor,
    @Query({ schema: PhonesQuery }) { passId }: PhonesQuery,
  ): Promise<PhonePage> {
    return this.phones.list(actor, passId);
  }

  /** Answers with all the phones of the pass. */
  @Put('credentials/:id/revocation')
  @Access('credentials:write')
  @Returns(200, PhonePage)
  kill(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<PhonePage> {
    return this.phones.kill(actor, id);
  }

  @Put('cards/:id')
  @Access('credentials:write')
  @Returns(200, CardView)
  putCard(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutCard }) body: PutCard,
  ): Promise<CardView> {
    return this.credentials.putCard(actor, id, body);
  }

  @Get('cards/:file')
  @Access('credentials:write')
  @Header('cache-control', 'private, no-store')
  @ApiProduces('image/png', 'image/svg+xml')
  async cardImage(
    @CurrentActor() actor: Actor,
    @Param('file', { schema: cardFile }) file: CardFile,
  ): Promise<StreamableFile> {
    const { bytes, mediaType } = await this.credentials.cardImage(actor, file);
    return new StreamableFile(bytes, { type: mediaType, length: bytes.length });
  }

  @Get('trust-list')
  @Public()
  @Returns(200, TrustListView)
  trustList(): Promise<TrustListView> {
    return this.issuers.trustList();
  }

  @Get('status-lists/:networkId')
  @Public()
  @Returns(200, StatusListView)
  statusList(@Param('networkId', { schema: wireId }) networkId: string): Promise<StatusListView> {
    return this.issuers.statusList(networkId);
  }
}
