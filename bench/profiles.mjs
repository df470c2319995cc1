/**
 * How much of each experiment a profile asks for. `smoke` is for every change: it gates what is counted, and its
 * times say nothing. `brief` is an experiment by hand: long enough to be read, short enough to be waited for. `full` is what docs/evidence/performance.md tells. `scale` is large and seen once.
 */
const FULL_ROUNDS = { rounds: 7, roundsMax: 15, sliceMs: 2_000 };
const BRIEF_ROUNDS = { rounds: 5, roundsMax: 9, sliceMs: 1_000 };
const SMOKE_ROUNDS = { rounds: 1, roundsMax: 1, sliceMs: 300 };

export const PROFILES = {
  brief: {
    booking: { ...BRIEF_ROUNDS, people: 400, days: 90, raceAttempts: 3_000 },
    checkin: { ...BRIEF_ROUNDS, guests: 300, hosts: 40, codes: 2_000 },
    search: { spaces: [1_000, 3_000], rounds: 3, points: 3 },
    settlement: {
      records: [4_000, 12_000, 36_000],
      spaces: [200, 630],
      at: 630,
      rounds: 1,
      openings: 50,
      loop: 200,
    },
    queue: { jobs: 1_000, rounds: 5 },
    documents: { documents: 200 },
    observatory: { records: [4_000, 12_000, 36_000], rounds: 1 },
    http: { ...BRIEF_ROUNDS },
  },
  smoke: {
    booking: { ...SMOKE_ROUNDS, people: 60, days: 30, raceAttempts: 600 },
    checkin: { ...SMOKE_ROUNDS, guests: 60, hosts: 4, codes: 200 },
    search: { spaces: [300], rounds: 1, points: 1 },
    settlement: { records: [300, 900, 2_700], spaces: [40, 100], at: 100, rounds: 1, openings: 10, loop: 40 },
    queue: { jobs: 300, rounds: 1 },
    documents: { documents: 20 },
    observatory: { records: [300, 900, 2_700], rounds: 1 },
    http: { ...SMOKE_ROUNDS },
  },
  full: {
    booking: { ...FULL_ROUNDS, people: 600, days: 120, raceAttempts: 20_000 },
    checkin: { ...FULL_ROUNDS, guests: 500, hosts: 40, codes: 4_000 },
    search: { spaces: [1_000, 3_000, 10_000], rounds: 5, points: 3 },
    settlement: {
      records: [12_000, 36_000, 110_000, 330_000, 1_000_000],
      spaces: [200, 630, 2_000],
      at: 2_000,
      rounds: 1,
      openings: 200,
      loop: 400,
    },
    queue: { jobs: 3_000, rounds: 7 },
    documents: { documents: 1_000 },
    observatory: { records: [12_000, 36_000, 110_000, 330_000], rounds: 1 },
    http: { ...FULL_ROUNDS },
  },
  scale: {
    search: { spaces: [10_000, 100_000], rounds: 3, points: 3 },
    settlement: {
      records: [3_000_000, 10_000_000],
      spaces: [2_000],
      at: 2_000,
      rounds: 1,
      openings: 200,
      loop: 400,
    },
    observatory: { records: [1_000_000, 3_000_000], rounds: 1 },
  },
};
