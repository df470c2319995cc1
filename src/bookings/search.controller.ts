import { Body, Controller, Post } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { Returns } from '../platform/http/returns.js';
import { PostSearch, SearchPage } from './search.schema.js';
import { Search } from './search.service.js';

@Controller('v1/search')
export class SearchController {
  constructor(private readonly search: Search) {}

  @Post()
  @Access('bookings:read')
  @Returns(200, SearchPage)
  find(@CurrentActor() actor: Actor, @Body({ schema: PostSearch }) body: PostSearch): Promise<SearchPage> {
    return this.search.find(actor, body);
  }
}
