import { Body, Controller, Ip, Param, Put } from '@nestjs/common';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { GuestInvitationView, PutGuestCredential, PutGuestToken } from './guest.schema.js';
import { Guests } from './guests.service.js';
import { CredentialView } from './pass.schema.js';

/** For guests, who have a link and no account. Its secret travels in the body, where no log sees it. */
@Controller('v1/guest-passes/:id')
export class GuestsController {
  constructor(private readonly guests: Guests) {}

  @Put('opening')
  @Public()
  @Returns(200, GuestInvitationView)
  open(
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutGuestToken }) { token }: PutGuestToken,
    @Ip() ip: string,
  ): Promise<GuestInvitationView> {
    return this.guests.open(id, token, ip);
  }

  @Put('confirmation')
  @Public()
  @Returns(200, GuestInvitationView)
  confirm(
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutGuestToken }) { token }: PutGuestToken,
    @Ip() ip: string,
  ): Promise<GuestInvitationView> {
    return this.guests.confirm(id, token, ip);
  }

  @Put('credentials/:credentialId')
  @Public()
  @Returns(200, CredentialView)
  credential(
    @Param('id', { schema: wireId }) id: string,
    @Param('credentialId', { schema: wireNewId }) credentialId: string,
    @Body({ schema: PutGuestCredential }) body: PutGuestCredential,
    @Ip() ip: string,
  ): Promise<CredentialView> {
    return this.guests.credential({ id, credentialId }, body, ip);
  }
}
