import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, type NestContainer } from '@nestjs/core';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z, type ZodType } from 'zod';

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
  return withQueries(SwaggerModule.createDocument(app, about), queriesOf(app));
}

/** GET /openapi.json and GET /docs; the document is made when somebody asks for it first. */
export function serveDocs(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    raw: ['json'],
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Escale API',
  });
}

type Fields = { readonly properties?: Record<string, object>; readonly required?: readonly string[] };
type Argument = { readonly schema?: ZodType };

/** Swagger leaves a query whose schema bears a name as one parameter without any: its fields are written out here. */
function withQueries(document: OpenAPIObject, queries: ReadonlyMap<string, string>): OpenAPIObject {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Fields>;
  const operations = Object.values(document.paths).flatMap(({ get, put, post, delete: remove }) =>
    [get, put, post, remove].filter((one) => one !== undefined),
  );
  for (const operation of operations) {
    const fields = schemas[queries.get(operation.operationId ?? '') ?? ''];
    if (!fields) continue;
    const named = (operation.parameters ?? []).filter((one) => !('in' in one && one.in === 'query'));
    const written = Object.entries(fields.properties ?? {}).map(([name, schema]) => {
      const required = fields.required?.includes(name) ?? false;
      return { name, in: 'query' as const, required, schema };
    });
    operation.parameters = [...named, ...written];
  }
  return document;
}

/** The name of the schema of each operation's query, where it has one. Asks the container, as Swagger does: in preview nothing else is there. */
function queriesOf(app: NestFastifyApplication): ReadonlyMap<string, string> {
  const scanner = new MetadataScanner();
  const queries = new Map<string, string>();
  const { container } = app as unknown as { readonly container: NestContainer };
  const controllers = [...container.getModules().values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  for (const { metatype } of controllers) {
    if (typeof metatype !== 'function') continue;
    for (const name of scanner.getAllMethodNames(metatype.prototype as object)) {
      const given = Reflect.getMetadata(ROUTE_ARGS_METADATA, metatype, name) as Record<string, Argument>;
      const query = Object.entries(given ?? {}).find(([key]) => key.startsWith(`${RouteParamtypes.QUERY}:`));
      const id = query?.[1].schema && z.globalRegistry.get(query[1].schema)?.id;
      if (id) queries.set(`${metatype.name}_${name}`, id);
    }
  }
  return queries;
}
