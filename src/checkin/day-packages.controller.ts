import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { DayPackageQuery, DayPackageView } from './day-package.schema.js';
import { DayPackages } from './day-packages.service.js';
import { OverusePage, OveruseQuery } from './overuse.schema.js';
import { Overuse } from './overuse.service.js';

type Reply = { header(name: string, value: string): Reply; code(status: number): Reply };

@Controller('v1')
export class DayPackagesController {
  constructor(
    private readonly packages: DayPackages,
    private readonly overuse: Overuse,
  ) {}

  @Get('spaces/:id/overuse')
  @Access('visits:read')
  @Returns(200, OverusePage)
  async toLookAt(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) spaceId: string,
    @Query({ schema: OveruseQuery }) query: OveruseQuery,
  ): Promise<OverusePage> {
    return { items: await this.overuse.ofDay(actor, { spaceId, ...query }), next: null };
  }

  @Get('spaces/:id/day-package')
  @Access('scans:write')
  @ApiHeader({ name: 'if-none-match', required: false })
  @ApiResponse({ status: 304, description: 'The tablet has it already; it is as fresh as this answer.' })
  @Returns(200, DayPackageView)
  async get(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Query({ schema: DayPackageQuery }) query: DayPackageQuery,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<DayPackageView> {
    const made = await this.packages.make(actor, id, query);
    const tag = `"${made.id}"`;
    reply.header('etag', tag).header('cache-control', 'private, no-cache');
    reply.code(known === tag ? 304 : 200);
    return made;
  }
}
