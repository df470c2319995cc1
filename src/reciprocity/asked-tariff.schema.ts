import { z } from 'zod';
import { inputTariff, wireId, wireInstant, wirePage, wireResourceKind, wireTariff } from '../kernel/wire.js';
import { whyNoTariff } from './agreement.schema.js';

/** What a host would like for this kind; it binds nobody until a version of an agreement says so. */
export const PutAskedTariff = z
  .strictObject({ hostSpaceId: wireId, resourceKind: wireResourceKind, tariff: inputTariff })
  .check(({ value, issues }) => {
    const { tariff } = value;
    const why = tariff.rate.minor < 0 ? 'A rate is not negative.' : whyNoTariff(tariff);
    if (why) issues.push({ code: 'custom', message: why, path: ['tariff'], input: tariff });
  })
  .meta({ id: 'PutAskedTariff' });
export type PutAskedTariff = z.output<typeof PutAskedTariff>;

export const AskedTariffView = z
  .strictObject({
    id: wireId,
    hostSpaceId: wireId,
    resourceKind: wireResourceKind,
    tariff: wireTariff,
    askedAt: wireInstant,
  })
  .meta({ id: 'AskedTariff' });
export type AskedTariffView = z.infer<typeof AskedTariffView>;

/** The last of each kind. */
export const AskedTariffPage = wirePage(AskedTariffView).meta({ id: 'AskedTariffPage' });
export type AskedTariffPage = z.infer<typeof AskedTariffPage>;

export const AskedTariffsQuery = z.strictObject({ hostSpaceId: wireId }).meta({ id: 'AskedTariffsQuery' });
export type AskedTariffsQuery = z.output<typeof AskedTariffsQuery>;
