import { Readable } from 'node:stream';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { dayAt } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Db } from '../platform/db.js';
import { PageHeads } from '../platform/http/page-heads.js';
import { PUBLIC_SCOPE } from '../platform/scope.js';
import type {
  DownloadQuery,
  EntriesQuery,
  EntryPage,
  EntryView,
  SourcePage,
  TaxonomyView,
} from './catalogue.schema.js';
import { EntryProblems } from './data-bank.problems.js';
import { catalogueRecord } from './dcat.js';
import { countEntries, entriesOf, entryOf, sourcesOf, wordCounts, type Filters } from './entries.queries.js';
import { WRITERS, type EntryFormat } from './formats.js';
import { LABELS, MAPPED, TYPOLOGIES } from './taxonomy.data.js';

const BATCH_SIZE = 500;

/** What the data bank publishes. */
@Injectable()
export class Catalogue implements OnModuleInit {
  private readonly origin: string;

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly heads: PageHeads,
    @Inject(CONFIG) { PUBLIC_URL, HOST, PORT }: Config,
  ) {
    this.origin = new URL(PUBLIC_URL ?? `http://${HOST}:${PORT}`).origin;
  }

  onModuleInit(): void {
    this.heads.add(/^\/data$/, async (_match, origin) => ({
      title: 'Data bank',
      description:
        'Coworking spaces and third places around the Mediterranean as open data: CSV, GeoJSON, JSON, with sources.',
      data: {
        '@context': 'https://schema.org',
        '@type': 'DataCatalog',
        name: 'Escale data bank',
        url: `${origin}/data`,
      },
    }));
  }

  list({ after, limit, ...filters }: EntriesQuery): Promise<EntryPage> {
    return this.db.readBehind(PUBLIC_SCOPE, async (on) => {
      const found = await entriesOf(on, filters, { after, limit: limit + 1 });
      const items = found.slice(0, limit);
      const next = found.length > limit ? items.at(-1)!.id : null;
      return { items, next, total: await countEntries(on, filters) };
    });
  }

  get(id: string): Promise<EntryView> {
    return this.found({ id });
  }

  /** The same record, asked for by the name that another system has for it. */
  identified(scheme: string, value: string): Promise<EntryView> {
    return this.found({ scheme, value });
  }

  sources(): Promise<SourcePage> {
    return this.db.readBehind(PUBLIC_SCOPE, async (on) => ({ items: await sourcesOf(on), next: null }));
  }

  async taxonomy(): Promise<TaxonomyView> {
    const counted = await this.db.readBehind(PUBLIC_SCOPE, wordCounts);
    const records = new Map(counted.labels.map((row) => [row.label, row.records]));
    const labels = LABELS.map((label) => ({
      label,
      records: records.get(label) ?? 0,
      elsewhere: TYPOLOGIES.map((typology) => ({ typology, word: MAPPED[label][typology] })),
    }));
    return { labels, unmapped: counted.unmapped };
  }

  async dcat(): Promise<Record<string, unknown>> {
    const { items } = await this.sources();
    return catalogueRecord(items, { origin: this.origin, date: this.today() });
  }

  /** Read batch by batch as it is sent: however many there are, few are in memory. */
  download(format: EntryFormat, { typology, ...filters }: DownloadQuery): { name: string; file: Readable } {
    const date = this.today();
    const head = { date, address: `${this.origin}/data`, typology: typology ?? null };
    const file = Readable.from(WRITERS[format](this.batches(filters), head), { objectMode: false });
    return { name: `escale-data-bank-${date}.${format}`, file };
  }

  private async *batches(filters: Filters): AsyncGenerator<readonly EntryView[]> {
    let after: string | undefined;
    for (;;) {
      const entries = await this.db.readBehind(PUBLIC_SCOPE, (on) =>
        entriesOf(on, filters, { after, limit: BATCH_SIZE }),
      );
      yield entries;
      if (entries.length < BATCH_SIZE) return;
      after = entries.at(-1)!.id;
    }
  }

  private async found(by: { id: string } | { scheme: string; value: string }): Promise<EntryView> {
    const entry = await this.db.readBehind(PUBLIC_SCOPE, (on) => entryOf(on, by));
    if (!entry)
      throw EntryProblems.notFound('It was withdrawn, or never was here: search GET /v1/data-bank/entries.');
    return entry;
  }

  private today(): string {
    return dayAt(this.clock.now(), 'UTC').toString();
  }
}
