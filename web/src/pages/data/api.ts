import { queryOptions } from '@tanstack/react-query';
import { EntryPage, SourcePage, TaxonomyView } from '@wire/data-bank/catalogue.schema.js';
import { CorrectionPage } from '@wire/data-bank/correction.schema.js';
import { DemandPage } from '@wire/data-bank/interest.schema.js';
import { call } from '../../api/call';

export type DataSearch = {
  readonly q?: string | undefined;
  readonly label?: string | undefined;
  readonly source?: string | undefined;
  readonly country?: string | undefined;
};

/** What is asked for, as the address of the catalogue and of its files has it. */
export function filtersText(
  { q, label, source, country }: DataSearch,
  more: Record<string, string> = {},
): string {
  const given = Object.entries({ q, label, source, country, ...more }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
  );
  return new URLSearchParams(given).toString();
}

export const entriesQuery = (search: DataSearch, limit: number) =>
  queryOptions({
    queryKey: ['data-bank', 'entries', filtersText(search), limit],
    queryFn: () =>
      call(`/v1/data-bank/entries?${filtersText(search, { limit: String(limit) })}`, { returns: EntryPage }),
    placeholderData: (before) => before,
  });
export const sourcesQuery = queryOptions({
  queryKey: ['data-bank', 'sources'],
  queryFn: async () => (await call('/v1/data-bank/sources', { returns: SourcePage })).items,
});
export const taxonomyQuery = queryOptions({
  queryKey: ['data-bank', 'taxonomy'],
  queryFn: () => call('/v1/data-bank/taxonomy', { returns: TaxonomyView }),
});
export const correctionsQuery = queryOptions({
  queryKey: ['data-bank', 'corrections'],
  queryFn: async () => (await call('/v1/data-bank/corrections', { returns: CorrectionPage })).items,
});
export const demandQuery = queryOptions({
  queryKey: ['data-bank', 'demand'],
  queryFn: async () => (await call('/v1/data-bank/demand', { returns: DemandPage })).items,
});
