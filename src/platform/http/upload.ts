import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FILE_BYTES_MAX, MEDIA_TYPES, type StoredFile } from '../files/files.js';
import { HttpProblems } from './http-problems.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    upload?: true;
  }
}

/** The route takes one file as its raw body, up to 10 MB: `@Body() bytes: Buffer`. */
export function Upload(): MethodDecorator {
  return applyDecorators(
    RouteConfig({ upload: true }),
    ApiConsumes(...MEDIA_TYPES),
    ApiBody({ schema: { type: 'string', format: 'binary' } }),
  );
}

/** Every other route keeps its own small limit, and refuses these types. */
export function acceptUploads(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if (route.config?.upload) route.bodyLimit = FILE_BYTES_MAX;
  });
  const parse = async (request: FastifyRequest, bytes: Buffer) => {
    if (request.routeOptions.config.upload) return bytes;
    throw HttpProblems.unsupportedMediaType('This route takes application/json.');
  };
  fastify.addContentTypeParser([...MEDIA_TYPES], { parseAs: 'buffer' }, parse);
}

/** As an attachment, never rendered on our origin. */
export function sendFile(reply: FastifyReply, file: StoredFile): void {
  void reply
    .header('content-type', file.mediaType)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .header('cache-control', 'private, no-store')
    .send(file.bytes);
}
