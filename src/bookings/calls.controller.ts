import { Body, Controller, Delete, Get, Header, Param, Put, StreamableFile } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { BookingCalendars } from './booking-calendars.service.js';
import { CalendarFeeds, type Feed } from './calendar-feeds.service.js';
import { CalendarFeedPage, CalendarFeedView, PutCalendarFeed } from './calendar.schema.js';
import { InvitationLetters } from './invitation-letters.service.js';
import { MessagePage, MessageView, PutMessage, ReadMarkView } from './message.schema.js';
import { Messages } from './messages.service.js';

const CALENDAR = 'text/calendar; charset=utf-8';
const secretFile = z.string().regex(/^[\w-]{43}\.ics$/, 'is the address as it was given');

@Controller('v1')
export class BookingCallsController {
  constructor(
    private readonly calendars: BookingCalendars,
    private readonly feeds: CalendarFeeds,
    private readonly messages: Messages,
    private readonly letters: InvitationLetters,
  ) {}

  @Get('bookings/:id/calendar.ics')
  @Access('bookings:read')
  @Header('content-type', CALENDAR)
  @Header('content-disposition', 'attachment; filename="escale.ics"')
  @ApiProduces('text/calendar')
  calendar(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<string> {
    return this.calendars.ofBooking(actor, id);
  }

  @Get('bookings/:id/invitation-letter.pdf')
  @Access('bookings:read')
  @ApiProduces('application/pdf')
  async letter(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<StreamableFile> {
    const disposition = 'attachment; filename="invitation.pdf"';
    return new StreamableFile(await this.letters.print(actor, id), { type: 'application/pdf', disposition });
  }

  @Get('calendars/:file')
  @Public()
  @Header('content-type', CALENDAR)
  @ApiProduces('text/calendar')
  feed(@Param('file', { schema: secretFile }) file: string): Promise<string> {
    return this.feeds.feed(file.slice(0, -'.ics'.length));
  }

  @Get('calendar-feeds')
  @Access('bookings:read')
  @Returns(200, CalendarFeedPage)
  async list(@CurrentActor() actor: Actor): Promise<CalendarFeedPage> {
    return { items: (await this.feeds.list(actor)).map((feed) => feedView(feed)), next: null };
  }

  @Put('calendar-feeds/:id')
  @Access('bookings:read')
  @Returns(200, CalendarFeedView)
  async putFeed(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutCalendarFeed }) { spaceId }: PutCalendarFeed,
  ): Promise<CalendarFeedView> {
    const { feed, url } = await this.feeds.put(actor, id, spaceId);
    return feedView(feed, url);
  }

  @Delete('calendar-feeds/:id')
  @Access('bookings:read')
  @Returns(200, CalendarFeedView)
  async revoke(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<CalendarFeedView> {
    return feedView(await this.feeds.revoke(actor, id));
  }

  @Get('bookings/:id/messages')
  @Access('bookings:read')
  @Returns(200, MessagePage)
  async thread(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<MessagePage> {
    return { items: await this.messages.list(actor, id), next: null };
  }

  @Put('messages/:id')
  @Access('bookings:write')
  @Returns(200, MessageView)
  write(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutMessage }) body: PutMessage,
  ): Promise<MessageView> {
    return this.messages.put(actor, id, body);
  }

  @Put('bookings/:id/read-mark')
  @Access('bookings:write')
  @Returns(200, ReadMarkView)
  markRead(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<ReadMarkView> {
    return this.messages.markRead(actor, id);
  }
}

function feedView({ id, spaceId, createdAt, revokedAt }: Feed, url: string | null = null): CalendarFeedView {
  return { id, spaceId, url, createdAt: createdAt.toString(), revokedAt: revokedAt?.toString() ?? null };
}
