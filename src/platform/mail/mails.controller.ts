import { Controller, Get, Param, Res, StreamableFile, type Type } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { wireId } from '../../kernel/wire.js';
import { Db } from '../db.js';
import { Permitted, Public } from '../http/access-mark.js';
import { Returns } from '../http/returns.js';
import { namedScope } from '../scope.js';
import { MailPage } from './mail.schema.js';
import { Mails } from './mails.js';

const SHOWN_MAX = 100;
const OPERATOR = namedScope('operator');
const fileName = z.string().regex(/^[\w.-]{1,100}$/, 'is the name of a file');

/**
 * A mail is somebody's words: it is shown in a frame of ours alone, where nothing runs, nothing is fetched and
 * nothing is sent.
 */
const PREVIEW_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

/** The local outbox. In a demo everybody may read it, since nobody's mail is real; else it takes `mails:read`. */
export function mailsController(isDemo: boolean): Type {
  const Read = () => (isDemo ? Public() : Permitted('mails:read'));

  @Controller('v1/mails')
  class MailsController {
    constructor(
      private readonly db: Db,
      private readonly mails: Mails,
    ) {}

    @Get()
    @Read()
    @Returns(200, MailPage)
    async list(): Promise<MailPage> {
      const mails = await this.db.read(OPERATOR, (on) => this.mails.list(on, SHOWN_MAX));
      return {
        items: mails.map(({ personId: _personId, html: _html, ...view }) => ({
          ...view,
          attachments: [...view.attachments],
        })),
        next: null,
      };
    }

    @Get(':id/preview')
    @Read()
    @ApiProduces('text/html')
    async preview(
      @Param('id', { schema: wireId }) id: string,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<string> {
      const { html, text } = await this.db.read(OPERATOR, (on) => this.mails.find(on, id));
      void reply
        .header('content-security-policy', PREVIEW_POLICY)
        .header('x-frame-options', 'SAMEORIGIN')
        .type(html === null ? 'text/plain; charset=utf-8' : 'text/html; charset=utf-8');
      return html ?? text;
    }

    @Get(':id/attachments/:name')
    @Read()
    @ApiProduces('application/octet-stream')
    async attachment(
      @Param('id', { schema: wireId }) id: string,
      @Param('name', { schema: fileName }) name: string,
    ): Promise<StreamableFile> {
      const file = await this.db.read(OPERATOR, (on) => this.mails.attachment(on, id, name));
      const disposition = `attachment; filename="${name}"`;
      return new StreamableFile(file.bytes, { type: file.mediaType, disposition });
    }
  }
  return MailsController;
}
