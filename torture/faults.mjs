/**
 * A TCP proxy that fails on purpose: before PostgreSQL, Redis, the API, the payment sandbox or a partner's receiver.
 * The same seed and traffic fail in the same places, and every failure is counted, so that a run can demand enough of them.
 */
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const HEALTHY = {
  /** Chance per packet to cut before the server has seen it: the request may not have happened. */
  cutBefore: 0,
  /** Chance per packet to cut after the server answered: the request HAPPENED, the client cannot know. */
  cutAfter: 0,
  /** Chance to cut the answer of a COMMIT. */
  cutCommit: 0,
  latencyMs: 0,
  jitterMs: 0,
  /** Swallow everything, keep the connection open. */
  blackHole: false,
  refuse: false,
};
const HOST = '127.0.0.1';
const COMMIT = 'COMMIT\0';

export async function startFaultProxy(targetPort, seed) {
  const faults = { ...HEALTHY };
  const counts = { connections: 0, cutBefore: 0, cutAfter: 0, ambiguousCommits: 0, refused: 0, swallowed: 0 };
  const sockets = new Set();
  const random = seededRandom(seed);

  const server = createServer((client) => {
    if (faults.refuse) {
      counts.refused += 1;
      client.destroy();
      return;
    }
    counts.connections += 1;
    const upstream = connect(targetPort, HOST);
    tieTogether(client, upstream, sockets);
    const line = { committing: false };
    forward(client, upstream, (bytes) => {
      line.committing = bytes.includes(COMMIT);
      return random() < faults.cutBefore && 'cutBefore';
    });
    forward(upstream, client, () => {
      const isCommit = line.committing;
      line.committing = false;
      if (random() >= faults.cutAfter && !(isCommit && random() < faults.cutCommit)) return false;
      if (isCommit) counts.ambiguousCommits += 1;
      return 'cutAfter';
    });
  });

  function forward(from, to, cut) {
    let order = Promise.resolve(); // delays may differ, the bytes must not change places
    from.on('data', (bytes) => {
      if (faults.blackHole) {
        counts.swallowed += 1;
        return;
      }
      const kind = cut(bytes);
      if (kind) {
        counts[kind] += 1;
        from.destroy();
        to.destroy();
        return;
      }
      const delayMs = faults.latencyMs + random() * faults.jitterMs;
      if (delayMs > 0) order = order.then(() => pause(delayMs));
      order = order.then(() => void (to.writable && to.write(bytes)));
    });
  }

  await new Promise((resolve) => server.listen(0, HOST, resolve));
  const cutAll = () => sockets.forEach((socket) => socket.destroy());
  return {
    port: server.address().port,
    counts,
    set: (change) => void Object.assign(faults, change),
    heal: () => void Object.assign(faults, HEALTHY),
    cutAll,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cutAll();
      }),
  };
}

/** mulberry32: small, fast, and the same on every machine. */
export function seededRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick(random, list) {
  return list[Math.floor(random() * list.length)];
}

export function shuffled(random, list) {
  return list
    .map((one) => [random(), one])
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one);
}

function tieTogether(one, other, all) {
  for (const [socket, partner] of [
    [one, other],
    [other, one],
  ]) {
    all.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => partner.destroy());
    socket.on('close', () => {
      all.delete(socket);
      partner.destroy();
    });
  }
}
