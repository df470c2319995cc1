import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { wireId } from '../kernel/wire.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import {
  DownloadQuery,
  EntriesQuery,
  EntryPage,
  EntryView,
  SourcePage,
  TaxonomyView,
} from './catalogue.schema.js';
import { Catalogue } from './catalogue.service.js';
import { MEDIA_TYPES, type EntryFormat } from './formats.js';
import { wireIdentityValue, wireScheme } from './space-record.schema.js';

/** What everybody may read, and take along. */
@Controller('v1/data-bank')
@Public()
@ApiTags('data bank')
export class CatalogueController {
  constructor(private readonly catalogue: Catalogue) {}

  @Get('entries')
  @Returns(200, EntryPage)
  list(@Query({ schema: EntriesQuery }) query: EntriesQuery): Promise<EntryPage> {
    return this.catalogue.list(query);
  }

  @Get('entries.csv')
  @ApiProduces(MEDIA_TYPES.csv)
  csv(@Query({ schema: DownloadQuery }) query: DownloadQuery): StreamableFile {
    return this.file('csv', query);
  }

  @Get('entries.geojson')
  @ApiProduces(MEDIA_TYPES.geojson)
  geojson(@Query({ schema: DownloadQuery }) query: DownloadQuery): StreamableFile {
    return this.file('geojson', query);
  }

  @Get('entries.json')
  @ApiProduces(MEDIA_TYPES.json)
  json(@Query({ schema: DownloadQuery }) query: DownloadQuery): StreamableFile {
    return this.file('json', query);
  }

  @Get('entries/:id')
  @Returns(200, EntryView)
  get(@Param('id', { schema: wireId }) id: string): Promise<EntryView> {
    return this.catalogue.get(id);
  }

  @Get('identities/:scheme/:value')
  @Returns(200, EntryView)
  identified(
    @Param('scheme', { schema: wireScheme }) scheme: string,
    @Param('value', { schema: wireIdentityValue }) value: string,
  ): Promise<EntryView> {
    return this.catalogue.identified(scheme, value);
  }

  @Get('sources')
  @Returns(200, SourcePage)
  sources(): Promise<SourcePage> {
    return this.catalogue.sources();
  }

  @Get('taxonomy')
  @Returns(200, TaxonomyView)
  taxonomy(): Promise<TaxonomyView> {
    return this.catalogue.taxonomy();
  }

  @Get('catalogue.jsonld')
  @Header('content-type', 'application/ld+json; charset=utf-8')
  @ApiProduces('application/ld+json')
  dcat(): Promise<Record<string, unknown>> {
    return this.catalogue.dcat();
  }

  private file(format: EntryFormat, query: DownloadQuery): StreamableFile {
    const { name, file } = this.catalogue.download(format, query);
    return new StreamableFile(file, {
      type: MEDIA_TYPES[format],
      disposition: `attachment; filename="${name}"`,
    });
  }
}
