import { z } from 'zod';
import { wireId } from '../../kernel/wire.js';
import { eventType } from '../outbox/outbox.js';

/** A mail waits to be delivered. Its words and its address stay in the database. */
export const MailWritten = eventType('platform.mail_written.v1', z.strictObject({ mailId: wireId }));
