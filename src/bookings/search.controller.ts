import { Body, Controller, Post } from '@nestjs/common';
import { CurrentVisitor, type Actor } from '../identity/index.js';
import { Open } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { PostSearch, SearchPage } from './search.schema.js';
import { Search } from './search.service.js';

@Controller('v1/search')
export class SearchController {
  constructor(private readonly search: Search) {}

  @Post()
  @Open()
  @Returns(200, SearchPage)
  find(
    @CurrentVisitor() visitor: Actor | null,
    @Body({ schema: PostSearch }) body: PostSearch,
  ): Promise<SearchPage> {
    return this.search.find(visitor, body);
  }
}
