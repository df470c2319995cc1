import { Body, Controller, Post } from '@nestjs/common';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { PostSearch, SearchPage } from './search.schema.js';
import { Search } from './search.service.js';

@Controller('v1/search')
export class SearchController {
  constructor(private readonly search: Search) {}

  @Post()
  @Public()
  @Returns(200, SearchPage)
  find(@Body({ schema: PostSearch }) body: PostSearch): Promise<SearchPage> {
    return this.search.find(body);
  }
}
