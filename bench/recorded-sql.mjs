/**
 * The very statements of one booking, recorded while the use case makes it, to be sent again for other people and
 * days by a bare pg client: what the database would do without HTTP, validation and the framework.
 */
import pg from 'pg';
import { newId } from '../dist/src/kernel/ids.js';
import { derivedId } from '../dist/src/platform/derived-id.js';

export async function record(work) {
  const statements = [];
  const { value: query } = Object.getOwnPropertyDescriptor(pg.Client.prototype, 'query');
  pg.Client.prototype.query = function recorded(text, values, ...rest) {
    if (typeof text === 'string') statements.push({ text, values: Array.isArray(values) ? values : [] });
    return query.call(this, text, values, ...rest);
  };
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return statements;
}

/** What a value stands for, so that it can stand for another booking's. */
const roles = ({ agreementId }) => ({
  booking: ({ bookingId }) => bookingId,
  person: ({ person }) => person.id,
  actor: ({ person }) => `person:${person.id}`,
  pool: ({ host }) => host.poolId,
  space: ({ host }) => host.spaceId,
  day: ({ day }) => day,
  startsAt: ({ day }) => `${day}T08:00:00Z`,
  endsAt: ({ day }) => `${day}T20:00:00Z`,
  hold: ({ bookingId }) => derivedId(bookingId, 'hold'),
  reason: ({ bookingId }) => `booking ${bookingId}`,
  event: ({ bookingId }) => JSON.stringify({ bookingId }),
  quota: ({ person, host, day }) => derivedId(person.id, `visa-quota/${host.spaceId}/${day.slice(0, 4)}`),
  quotaUsed: ({ person, day }) => derivedId(person.id, `visa-quota-used/${agreementId}/${day.slice(0, 4)}`),
});

export function replayer(statements, scene, recordedCase) {
  const roleOf = Object.values(roles(scene));
  const known = new Map(roleOf.map((role) => [role(recordedCase), role]));
  const steps = statements.map(({ text, values }) => ({
    text,
    values: values.map((value) => {
      const role = known.get(value);
      if (role) return role;
      // The id of the event: new each time.
      if (text.includes('platform.outbox') && value === values[0]) return () => newId();
      return () => value;
    }),
  }));
  return async (client, theCase) => {
    for (const { text, values } of steps)
      await client.query(
        text,
        values.map((of) => of(theCase)),
      );
  };
}
