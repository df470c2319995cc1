import { newId } from '@wire/kernel/ids.js';
import { queryOptions } from '@tanstack/react-query';
import { AskedTariffPage, AskedTariffView } from '@wire/reciprocity/asked-tariff.schema.js';
import type { WireTariff } from '@wire/kernel/wire.js';
import type { ResourceKind } from '@wire/kernel/words.js';
import { queries } from '../app/queries';
import { call } from './call';

/** What a host asks for each kind: the last word it gave. */
export const askedTariffsQuery = (hostSpaceId: string) =>
  queryOptions({
    queryKey: ['asked-tariffs', hostSpaceId],
    queryFn: async () =>
      (await call(`/v1/asked-tariffs?hostSpaceId=${hostSpaceId}`, { returns: AskedTariffPage })).items,
  });

export async function askTariff(body: {
  hostSpaceId: string;
  resourceKind: ResourceKind;
  tariff: WireTariff;
}): Promise<WireTariff> {
  const path: `/v1/${string}` = `/v1/asked-tariffs/${newId()}`;
  const { tariff } = await call(path, { method: 'PUT', body, returns: AskedTariffView });
  await queries.invalidateQueries({ queryKey: askedTariffsQuery(body.hostSpaceId).queryKey });
  return tariff;
}
