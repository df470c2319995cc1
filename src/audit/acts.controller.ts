import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { Returns } from '../platform/http/returns.js';
import { ActPage, ActsFilter, ActsQuery, AuthorPage, AuthorsQuery } from './acts.schema.js';
import { Acts } from './acts.service.js';

@Controller('v1')
@Access('windows:read')
export class ActsController {
  constructor(private readonly acts: Acts) {}

  @Get('acts')
  @Returns(200, ActPage)
  list(@CurrentActor() actor: Actor, @Query({ schema: ActsQuery }) query: ActsQuery): Promise<ActPage> {
    return this.acts.list(actor, query);
  }

  @Get('acts.csv')
  @ApiProduces('text/csv')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('cache-control', 'private, no-store')
  csv(@CurrentActor() actor: Actor, @Query({ schema: ActsFilter }) filter: ActsFilter): Promise<string> {
    return this.acts.csv(actor, filter);
  }

  /** Everybody who did anything there, by name. */
  @Get('act-authors')
  @Returns(200, AuthorPage)
  authors(
    @CurrentActor() actor: Actor,
    @Query({ schema: AuthorsQuery }) { networkId }: AuthorsQuery,
  ): Promise<AuthorPage> {
    return this.acts.authors(actor, networkId);
  }
}
