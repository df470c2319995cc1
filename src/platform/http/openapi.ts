import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The contract, out of the same schemas that check requests and answers. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Escale')
    .setDescription('Refusals are application/problem+json; their codes are listed in docs/problems.md.')
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addSecurity('session', { type: 'apiKey', in: 'cookie', name: 'escale_session' })
    .addSecurity('bearer', { type: 'http', scheme: 'bearer' })
    .build();
  return SwaggerModule.createDocument(app, about);
}

/** GET /openapi.json and GET /docs; the document is made when somebody asks for it first. */
export function serveDocs(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    raw: ['json'],
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Escale API',
  });
}
