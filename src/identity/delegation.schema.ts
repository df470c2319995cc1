import { z } from 'zod';
import { inputDay, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';
import { TASKS } from './permission.schema.js';

/** From the first day to the last, both counted. */
export const PutDelegation = z
  .strictObject({
    organisationId: wireId,
    delegateId: wireId,
    tasks: z.array(z.enum(TASKS)).min(1).max(TASKS.length),
    fromDay: inputDay,
    untilDay: inputDay,
  })
  .meta({ id: 'PutDelegation' });
export type PutDelegation = z.output<typeof PutDelegation>;

const named = z.strictObject({ id: wireId, name: z.string() });
export const DelegationView = z
  .strictObject({
    id: wireId,
    organisation: named,
    delegate: named,
    tasks: z.array(z.enum(TASKS)),
    fromDay: wireDay,
    untilDay: wireDay,
    revokedAt: wireInstant.nullable(),
    acts: z.int(),
  })
  .meta({ id: 'Delegation' });
export type DelegationView = z.infer<typeof DelegationView>;
export const DelegationPage = wirePage(DelegationView).meta({ id: 'DelegationPage' });
export type DelegationPage = z.infer<typeof DelegationPage>;
export const DelegationsQuery = z.strictObject({ organisationId: wireId }).meta({ id: 'DelegationsQuery' });

/** What somebody did on behalf of the organisation. */
export const DelegatedActView = z
  .strictObject({
    id: wireId,
    at: wireInstant,
    by: z.string(),
    onBehalfOf: named,
    method: z.string(),
    path: z.string(),
  })
  .meta({ id: 'DelegatedAct' });
export type DelegatedActView = z.infer<typeof DelegatedActView>;
export const DelegatedActPage = wirePage(DelegatedActView).meta({ id: 'DelegatedActPage' });
export type DelegatedActPage = z.infer<typeof DelegatedActPage>;
