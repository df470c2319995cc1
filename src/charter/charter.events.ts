import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

/** A version is in force: its members have until a day to sign it. */
export const CharterPublished = eventType('charter.published.v1', z.strictObject({ versionId: wireId }));

/** A member took a step, or time took it for them. */
export const MemberMoved = eventType(
  'charter.member_moved.v1',
  z.strictObject({ stepId: wireId, memberId: wireId }),
);

/** Whether an appeal was upheld. */
export const AppealAnswered = eventType('charter.appeal_answered.v1', z.strictObject({ appealId: wireId }));
