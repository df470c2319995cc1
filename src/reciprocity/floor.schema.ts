import { z } from 'zod';
import {
  inputAmount,
  inputDay,
  wireAmount,
  wireDay,
  wireId,
  wireInstant,
  wireMode,
  wirePage,
  wireResourceKind,
  wireTariff,
} from '../kernel/wire.js';

/** What a host never goes under, whatever its network agrees on for it. */
export const PutPriceFloor = z
  .strictObject({
    hostSpaceId: wireId,
    resourceKind: wireResourceKind,
    floorPerHalfDay: inputAmount.refine(({ minor }) => minor >= 0n, 'A floor is not negative.'),
    fromDay: inputDay,
  })
  .meta({ id: 'PutPriceFloor' });
export type PutPriceFloor = z.output<typeof PutPriceFloor>;

export const PriceFloorView = z
  .strictObject({
    id: wireId,
    hostSpaceId: wireId,
    resourceKind: wireResourceKind,
    floorPerHalfDay: wireAmount,
    fromDay: wireDay,
    declaredAt: wireInstant,
  })
  .meta({ id: 'PriceFloor' });
export type PriceFloorView = z.infer<typeof PriceFloorView>;
export const PriceFloorPage = wirePage(PriceFloorView).meta({ id: 'PriceFloorPage' });
export type PriceFloorPage = z.infer<typeof PriceFloorPage>;

export const PriceFloorsQuery = z.strictObject({ hostSpaceId: wireId }).meta({ id: 'PriceFloorsQuery' });
export type PriceFloorsQuery = z.output<typeof PriceFloorsQuery>;

export const MatrixQuery = z
  .strictObject({ networkId: wireId, day: inputDay })
  .meta({ id: 'AgreementMatrixQuery' });
export type MatrixQuery = z.output<typeof MatrixQuery>;

/** A host and what it means for the guests of one home network, and by which agreement. */
const MatrixCell = z.strictObject({
  homeNetworkId: wireId,
  hostNetworkId: wireId,
  hostSpaceId: wireId,
  hostSpaceName: z.string(),
  resourceKind: wireResourceKind,
  agreementId: wireId,
  agreementVersionId: wireId,
  /** Its sides: where neither is the network itself, the terms are inherited from one above. */
  agreementNetworkIds: z.array(wireId),
  mode: wireMode,
  /** null where the tariff is by the day or the hour. */
  ratePerHalfDay: wireAmount.nullable(),
  tariff: wireTariff,
  freeHalfDays: z.int(),
});
export type MatrixCell = z.infer<typeof MatrixCell>;
export const AgreementMatrixView = wirePage(MatrixCell).meta({ id: 'AgreementMatrix' });
export type AgreementMatrixView = z.infer<typeof AgreementMatrixView>;
