import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

/** A visit can no longer change: its record may be settled by the network that clears it. */
export const RecordSealed = eventType(
  'checkin.record_sealed.v1',
  z.strictObject({ recordId: wireId, clearingNetworkId: wireId }),
);

/** A guest was seen to leave later than they had booked, at a price: they are told. */
export const VisitOverstayed = eventType('checkin.visit_overstayed.v1', z.strictObject({ visitId: wireId }));

/** A manager put a visit right after the guest had come: they are told. */
export const VisitCorrected = eventType(
  'checkin.visit_corrected.v1',
  z.strictObject({ visitId: wireId, changeId: wireId }),
);
