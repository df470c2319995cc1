import { z } from 'zod';
import { wireInstant } from '../kernel/wire.js';

export const PutDemoClock = z
  .strictObject({ now: wireInstant.refine((now) => now < '2100', 'A demo ends with this century.') })
  .meta({ id: 'PutDemoClock' });
export type PutDemoClock = z.output<typeof PutDemoClock>;

export const DemoClockView = z.strictObject({ now: wireInstant }).meta({ id: 'DemoClock' });
export type DemoClockView = z.infer<typeof DemoClockView>;
